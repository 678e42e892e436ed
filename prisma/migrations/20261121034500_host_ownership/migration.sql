-- AlterTable: columns are added in place. Making the table anew, as Prisma writes it, would drop rows that refer to it.
ALTER TABLE "Host" ADD COLUMN "isAgentAccepted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Host" ADD COLUMN "adoptedHostIdsJson" TEXT NOT NULL DEFAULT '[]';
