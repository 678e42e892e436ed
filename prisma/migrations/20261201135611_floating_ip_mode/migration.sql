-- AlterTable
ALTER TABLE "Router" ADD COLUMN "floatingIpMode" TEXT NOT NULL DEFAULT 'dvr';
