import CampaignCore
import Foundation
import GRDB
import Glibc
import Testing

@testable import CampaignStore

extension TemporaryDatabase {
    /// A database that is being dialed from, and an older copy that someone might put over it.
    ///
    /// Both have later writes in the log, and some of them in the file already.
    static func withOlderCopies(
        _ body: (TemporaryDatabase, CampaignStore, _ run: @escaping @Sendable (String) throws -> Void) async throws
            -> Void
    ) async throws {
        try await with { database in
            let other = try database.elsewhere("other")
            try await other.fill(contacts: 3)
            let (old, otherCopy) = try await other.opened { otherStore in
                _ = try await otherStore.begin(Sample.start())
                try await database.fill(contacts: 400)
                let old = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    return try database.copyAfterCrash()
                }
                return (old, try other.copyAfterCrash())
            }
            let store = try database.open()
            _ = try await store.begin(Sample.start())
            for _ in 0..<20 { try await store.record(try await store.claim(1).map { Sample.accepted($0) }) }
            try database.reader().backUp(to: database.folder + "/backup.db")
            let environment = [
                "OLD": old.path, "OTHER": otherCopy.path, "COPY": database.folder + "/backup.db",
                "NAME": database.folder + "/name.db", "DB": database.path,
            ]
            try await body(database, store) { script in
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = ["-c", script]
                process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(script)")
            }
        }
    }
}
