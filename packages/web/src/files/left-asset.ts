import { useEffect, useState } from 'react'

/** An asset from which somebody goes back to its folder. */
export interface LeftAsset {
  readonly folder: string
  /** How many members of the folder's list there are from it to the end, itself included: its folders come first. */
  readonly fromEnd: number
}

let left: LeftAsset | undefined

/** Notes from which asset somebody goes back to its folder: there it gets the focus. */
export function noteLeft(asset: LeftAsset): void {
  left = asset
}

/**
 * Where the asset lies in a folder from which somebody has just come back to it; undefined: they came from elsewhere.
 *
 * @param total length of the folder's list; undefined: not known yet
 */
export function useLeftAsset(folder: string, total: number | undefined): { readonly index: number } | undefined {
  const [here] = useState(() => (left?.folder === folder ? left : undefined))
  useEffect(() => {
    left = undefined
  }, [])
  const [focus, setFocus] = useState<{ readonly index: number }>()
  useEffect(() => {
    if (total === undefined || here === undefined) return
    // oxlint-disable-next-line react/set-state-in-effect -- what comes later moves no focus
    setFocus((before) => before ?? { index: Math.max(0, total - here.fromEnd) })
  }, [here, total])
  return focus
}
