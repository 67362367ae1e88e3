/**
 * Unpacks the page's program and runs it. Packed, it is less than half as large; the page's policy allows this loader
 * and exactly the program that comes out of it.
 */

const unpack = (base64: string): Promise<string> => {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

const run = async (): Promise<void> => {
  const program = document.createElement('script')
  program.textContent = await unpack(document.getElementById('program')?.textContent ?? '')
  document.body.append(program)
}

run().catch((error: unknown) => {
  const root = document.getElementById('page')
  if (root) root.textContent = `This page needs a browser of 2023 or newer (${String(error)}).`
})
