import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'

/** Specimens for those who build the console; a production server does not have them. */
export default function DevLayout({ children }: { readonly children: ReactNode }) {
  if (process.env.NODE_ENV === 'production') notFound()
  return children
}
