/** Width and height of the saved picture, in pixels: sharp on paper up to 8 cm at 300 dpi. */
const SIDE = 1000

/** Saves a picture of the own server as a PNG file. @throws when the picture cannot be loaded or drawn */
export async function savePng(address: string, fileName: string): Promise<void> {
  const picture = new Image(SIDE, SIDE)
  picture.src = address
  await picture.decode()
  const canvas = new OffscreenCanvas(SIDE, SIDE)
  const drawing = canvas.getContext('2d')
  if (drawing === null) throw new Error('this browser draws no pictures')
  drawing.imageSmoothingEnabled = false
  drawing.drawImage(picture, 0, 0, SIDE, SIDE)
  const url = URL.createObjectURL(await canvas.convertToBlob({ type: 'image/png' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
