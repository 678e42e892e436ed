// Records of a gateway cluster for other clouds: curl -s …/api/gateway-clusters/<id>/records

import { recordsRoute } from '@/server/api/answer-records'
import { serve } from '@/server/api/route'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = serve(recordsRoute)
