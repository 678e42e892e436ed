-- CreateTable
CREATE TABLE "Trunk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "portId" TEXT NOT NULL,
    "isAdminStateUp" BOOLEAN NOT NULL,
    "revisionNumber" INTEGER NOT NULL,
    "createdAt" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,
    CONSTRAINT "Trunk_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Trunk_portId_fkey" FOREIGN KEY ("portId") REFERENCES "Port" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SubPort" (
    "portId" TEXT NOT NULL PRIMARY KEY,
    "trunkId" TEXT NOT NULL,
    "segmentationType" TEXT NOT NULL,
    "segmentationId" INTEGER NOT NULL,
    CONSTRAINT "SubPort_trunkId_fkey" FOREIGN KEY ("trunkId") REFERENCES "Trunk" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SubPort_portId_fkey" FOREIGN KEY ("portId") REFERENCES "Port" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_VmNic" (
    "vmId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "portId" TEXT NOT NULL,
    "isKept" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("vmId", "position"),
    CONSTRAINT "VmNic_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "VmNic_portId_fkey" FOREIGN KEY ("portId") REFERENCES "Port" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_VmNic" ("portId", "position", "vmId") SELECT "portId", "position", "vmId" FROM "VmNic";
DROP TABLE "VmNic";
ALTER TABLE "new_VmNic" RENAME TO "VmNic";
CREATE UNIQUE INDEX "VmNic_portId_key" ON "VmNic"("portId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Trunk_portId_key" ON "Trunk"("portId");

-- CreateIndex
CREATE INDEX "Trunk_projectId_idx" ON "Trunk"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "SubPort_trunkId_segmentationType_segmentationId_key" ON "SubPort"("trunkId", "segmentationType", "segmentationId");
