import type { ButtonHTMLAttributes, ReactNode } from 'react'
import './Button.css'

/** A plain button in the looks of Spectrum 2, for what is drawn before anything else has loaded. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `accent`: the one thing to do; `secondary`: beside it; `quiet`: without a shape until it is pointed at. */
  readonly variant: 'accent' | 'secondary' | 'quiet'
  /** It lies on a dark surface in both colour schemes. */
  readonly onDark?: boolean
}

/** A native button: nothing is loaded for it but its rules. */
export function Button({ variant, onDark = false, className, ...rest }: ButtonProps): ReactNode {
  return <button type="button" {...rest} className={buttonClass(variant, onDark, className)} />
}

/** The class of a button, for links and foreign buttons that are to look like one. */
export function buttonClass(variant: ButtonProps['variant'], onDark = false, more = ''): string {
  return `btn btn-${variant}${onDark ? ' btn-on-dark' : ''}${more === '' ? '' : ` ${more}`}`
}
