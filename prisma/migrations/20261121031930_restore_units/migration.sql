-- Hosts that were registered before this migration get no restore unit until somebody asks for one.
ALTER TABLE "Host" ADD COLUMN "hasRestoreUnit" BOOLEAN NOT NULL DEFAULT false;
