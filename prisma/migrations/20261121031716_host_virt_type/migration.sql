-- AlterTable: columns are added in place. Making the tables anew, as Prisma writes it, would drop rows that refer to them.
ALTER TABLE "Host" ADD COLUMN "virtType" TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE "Host" ADD COLUMN "hasKvm" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Vm" ADD COLUMN "virtType" TEXT NOT NULL DEFAULT 'qemu';
