import { PathGallery } from '@/components/dev/PathGallery'

export default function PathGalleryPage() {
  return <PathGallery />
}
