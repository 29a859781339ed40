import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import './Sheet.css'

/** A panel at the end edge of the window, over a shaded page. */
export interface SheetProps {
  readonly isOpen: boolean
  /** Names the panel for screen readers. */
  readonly label: string
  readonly children: ReactNode
  /** Escape, or a click beside it. */
  readonly onClose: () => void
}

/** A modal panel: the focus stays in it and returns to where it was; on a narrow screen it is the whole screen. */
export function Sheet({ isOpen, label, children, onClose }: SheetProps): ReactNode {
  return (
    <ModalOverlay className="sheet-shade" isOpen={isOpen} isDismissable onOpenChange={(open) => open || onClose()}>
      <Modal className="sheet">
        <Dialog aria-label={label}>{children}</Dialog>
      </Modal>
    </ModalOverlay>
  )
}
