import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit, fitScale, isFit, LARGEST_SCALE, pan, zoomTo } from './zoom.ts'
import type { Extent, Zoom } from './zoom.ts'

const anExtent = fc.record({ width: fc.integer({ min: 1, max: 4000 }), height: fc.integer({ min: 1, max: 4000 }) })
const aPoint = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) })
const aScale = fc.double({ min: 0.01, max: 20, noNaN: true })

/** How far the frame is empty beside an image that could fill it, in pixels. */
function emptiness(zoom: Zoom, frame: Extent, image: Extent): number {
  const width = image.width * zoom.scale
  const gap = width < frame.width ? Math.abs(zoom.x) : Math.abs(zoom.x) - (width - frame.width) / 2
  return Math.max(0, gap)
}

describe('an image in its frame', () => {
  it('is seen whole at first, and never larger than its own pixels', () => {
    fc.assert(
      fc.property(anExtent, anExtent, (frame, image) => {
        const whole = fit(frame, image)
        expect(image.width * whole.scale).toBeLessThanOrEqual(frame.width + 0.001)
        expect(image.height * whole.scale).toBeLessThanOrEqual(frame.height + 0.001)
        expect(whole.scale).toBeLessThanOrEqual(1)
        expect(isFit(whole, frame, image)).toBe(true)
      }),
    )
  })

  it('leaves no emptiness that it could fill, however it is zoomed and moved', () => {
    fc.assert(
      fc.property(anExtent, anExtent, aScale, aPoint, aPoint, (frame, image, scale, point, way) => {
        const zoomed = zoomTo(fit(frame, image), scale, point, frame, image)
        const moved = pan(zoomed, way.x, way.y, frame, image)
        expect(emptiness(zoomed, frame, image)).toBeCloseTo(0)
        expect(emptiness(moved, frame, image)).toBeCloseTo(0)
        expect(moved.scale).toBeGreaterThanOrEqual(fitScale(frame, image))
        expect(moved.scale).toBeLessThanOrEqual(Math.max(LARGEST_SCALE, fitScale(frame, image)))
      }),
    )
  })

  it('keeps the point under the pointer in its place while it is larger than the frame', () => {
    const frame = { width: 1000, height: 800 }
    const image = { width: 4000, height: 3000 }
    const before = zoomTo(fit(frame, image), 1, { x: 0, y: 0 }, frame, image)
    const after = zoomTo(before, 2, { x: 200, y: -100 }, frame, image)
    const under = (zoom: Zoom) => [(200 - zoom.x) / zoom.scale, (-100 - zoom.y) / zoom.scale]
    expect(under(after)).toEqual(under(before))
  })

  it('without pixels has a scale all the same', () => {
    expect(fitScale({ width: 100, height: 100 }, { width: 0, height: 0 })).toBe(1)
  })
})
