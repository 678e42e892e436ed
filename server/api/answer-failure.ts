// A refusal as plain text, for what is opened or fetched without tRPC.

import { type AppError, errorTraits } from '@/server/core/app-error'

export const answerFailure = ({ code, message }: AppError): Response =>
  new Response(`${message}\n`, { status: errorTraits[code].httpStatus })
