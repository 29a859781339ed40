import { useCallback, useEffect, useReducer, useState } from 'react'
import type { PublicItemDetail } from '@vitrine/api/public'
import { isBeingMade, largestRendition } from '@vitrine/ui/preview/largest-rendition.ts'
import { readItem } from '../api/public-client.ts'

/** Assets whose details are kept for turning back and forth. */
const KEPT = 60
/** Pauses between two looks at a rendition that is being made, in milliseconds. */
const PAUSE = { first: 1500, last: 10_000, growth: 1.5 }

const kept = new Map<string, PublicItemDetail>()

/** An asset with its renditions; asked for again while its preview is being made. */
export function usePreviewItem(id: string): {
  item: PublicItemDetail | undefined
  failure: unknown
  retry: () => void
} {
  const [, update] = useReducer((count: number) => count + 1, 0)
  const [failed, setFailed] = useState<{ id: string; failure: unknown }>()
  const [turn, retry] = useReducer((count: number) => count + 1, 0)
  const item = kept.get(id)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = PAUSE.first
    let isWanted = true
    const look = async () => {
      try {
        const found = await loadItem(id, true)
        if (!isWanted) return
        setFailed(undefined)
        update()
        if (!isBeingMade(found.renditions)) return
        timer = setTimeout(() => void look(), pause)
        pause = Math.min(PAUSE.last, pause * PAUSE.growth)
      } catch (failure) {
        if (isWanted) setFailed({ id, failure })
      }
    }
    const known = kept.get(id)
    if (known === undefined || isBeingMade(known.renditions)) void look()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a turn is a new try
  }, [id, turn])
  return {
    item,
    failure: failed?.id === id && item === undefined ? failed.failure : undefined,
    retry: useCallback(() => retry(), []),
  }
}

/** Loads an asset and its image before someone turns to it. */
export async function preloadItem(id: string): Promise<void> {
  try {
    const image = largestRendition(await loadItem(id, false))
    if (image !== undefined) new Image().src = image.url
  } catch {
    // It is asked for again, and its failure shown, when someone turns to it.
  }
}

async function loadItem(id: string, isFresh: boolean): Promise<PublicItemDetail> {
  const known = kept.get(id)
  if (known !== undefined && !isFresh) return known
  const item = await readItem(id)
  kept.delete(id)
  kept.set(id, item)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return item
}
