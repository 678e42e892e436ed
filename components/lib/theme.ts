// The theme lives in a cookie, so the server already renders with it and nothing flashes.

export type Theme = 'light' | 'dark' | 'system'

export const THEME_COOKIE = 'tapline-theme'
const ONE_YEAR_S = 365 * 24 * 3600

export const parseTheme = (text: string | undefined): Theme => (text === 'light' || text === 'dark' ? text : 'system')

/** Browser only. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${ONE_YEAR_S}; samesite=lax`
}
