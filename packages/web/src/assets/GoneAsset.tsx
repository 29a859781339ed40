import type { ReactNode } from 'react'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useText } from '../language/text.ts'
import type { AssetWalk } from './use-walk.ts'

/** In place of an asset that went while somebody looked at it: the way to the next one, and back. */
export function GoneAsset({ name, walk }: { name: string; walk: AssetWalk }): ReactNode {
  const text = useText()
  const { neighbours, turn, leave } = walk
  const other = neighbours?.next ?? neighbours?.previous ?? undefined
  return (
    <div className="asset-stage">
      <EmptyState
        icon={<AlertTriangle />}
        title={text('assets.gone', { name })}
        words={text('assets.gone.text')}
        action={
          <div className="asset-ways">
            {other === undefined ? null : (
              <Button variant="accent" onClick={() => turn(other.id)}>
                {text('assets.gone.next', { name: other.name })}
              </Button>
            )}
            <Button variant="secondary" onClick={leave}>
              {text('assets.back')}
            </Button>
          </div>
        }
      />
    </div>
  )
}
