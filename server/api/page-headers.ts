// What a page may do in a browser. There is no login: a page of ours inside a frame of somebody else's would turn one lured click into an
// apply, so it is shown in no frame; and a script that got into a page as text is not run.

type Headers = Readonly<Record<string, string>>

/** For everything that is answered (next.config.ts). X-Frame-Options is for browsers that do not know frame-ancestors. */
export const headersOfAll: Headers = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // Addresses of pages name objects; they are nobody else's business.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Data, opened as a page by hand: nothing in it runs. */
export const policyOfData = "default-src 'none'; frame-ancestors 'none'"

/**
 * Next puts the nonce on its own scripts. Styles stay open: React Flow and Radix position things by style attributes.
 * A development server compiles in the browser and talks over a WebSocket.
 */
export function policyOfPage(nonce: string, isDevelopment: boolean): string {
  const rules = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ]
  return rules.join('; ')
}
