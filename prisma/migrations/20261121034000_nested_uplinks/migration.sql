-- AlterTable
ALTER TABLE "Host" ADD COLUMN "vmId" TEXT;

-- AlterTable
ALTER TABLE "PhysicalNetwork" ADD COLUMN "carrierId" TEXT;
ALTER TABLE "PhysicalNetwork" ADD COLUMN "macBase" TEXT;

-- CreateTable
CREATE TABLE "NestedUplink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "vmId" TEXT NOT NULL,
    "physicalNetworkId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "macAddress" TEXT NOT NULL,
    CONSTRAINT "NestedUplink_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "NestedUplink_physicalNetworkId_fkey" FOREIGN KEY ("physicalNetworkId") REFERENCES "PhysicalNetwork" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "NestedUplink_macAddress_key" ON "NestedUplink"("macAddress");

-- CreateIndex
CREATE UNIQUE INDEX "NestedUplink_vmId_physicalNetworkId_key" ON "NestedUplink"("vmId", "physicalNetworkId");

-- CreateIndex
CREATE UNIQUE INDEX "Host_vmId_key" ON "Host"("vmId");
