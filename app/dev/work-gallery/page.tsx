import { WorkGallery } from '@/components/dev/WorkGallery'

export default function WorkGalleryPage() {
  return <WorkGallery />
}
