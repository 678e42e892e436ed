// Streams a kept capture: curl -sN …/api/captures/<id> | wireshark -k -i -

import { captureRoute } from '@/server/api/answer-capture'
import { serve } from '@/server/api/route'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = serve(captureRoute)
