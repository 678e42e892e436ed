/** The sign of the console: a line with a tap on it. */
export function Mark() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 20 20"
      className="size-5 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
    >
      <path d="M1.5 13h5M13.5 13h5" />
      <circle cx="10" cy="13" r="3.5" />
      <path d="M10 9.5V3M6.5 3h7" />
    </svg>
  )
}
