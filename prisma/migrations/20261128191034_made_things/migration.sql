-- CreateTable
CREATE TABLE "MadeRecord" (
    "hostId" TEXT NOT NULL PRIMARY KEY,
    "madeJson" TEXT NOT NULL
);
