// Debian's Chromium without a window of its own, which nobody would see: a page costs half the processor time of `chromium --headless`.
// The arguments keep it from talking to anybody but the console.

export const chromiumOptions = {
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
}
