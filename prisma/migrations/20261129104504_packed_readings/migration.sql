-- RedefineTables: readings are kept packed from now on. Those that are there stay as JSON, without the raw text of their sections, until their
-- host is read again: what of ours was seen before and is hidden now (`unseen`) could not be read again. One that is no JSON is dropped.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ObservationRecord" (
    "hostId" TEXT NOT NULL PRIMARY KEY,
    "observedAt" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "reading" BLOB NOT NULL
);
INSERT INTO "new_ObservationRecord" ("hostId", "observedAt", "form", "reading")
SELECT "hostId", "observedAt", 'json', CAST(json_remove("observationJson", '$.raw') AS BLOB) FROM "ObservationRecord" WHERE json_valid("observationJson");
DROP TABLE "ObservationRecord";
ALTER TABLE "new_ObservationRecord" RENAME TO "ObservationRecord";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
