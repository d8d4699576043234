import CampaignCore
import Foundation
import GRDB
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Files that are removed, replaced, linked and rolled back under a database.
    @Suite struct FileTests {
        // MARK: While it is open

        @Test(arguments: ["", "-wal", "-lock"])
        func `a file that is removed or replaced stops every write, and its results are kept`(_ suffix: String)
            async throws
        {
            for replacing in [false, true] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 4)
                    let store = try database.open()
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    let path = database.path + suffix
                    let aside = path + "-aside"
                    try FileManager.default.moveItem(atPath: path, toPath: aside)
                    if replacing { try FileManager.default.copyItem(atPath: aside, toPath: path) }
                    await #expect(throws: QueueError.replaced(path: path)) {
                        try await store.record([Sample.accepted(calls[0])])
                    }
                    await #expect(throws: QueueError.replaced(path: path)) { try await store.claim(1) }
                    try await store.spool([Sample.accepted(calls[0])])
                    let end = #expect(throws: QueueError.self) { try store.close() }
                    guard case .replaced(path, _) = end else {
                        Issue.record("\(String(describing: end))")
                        return
                    }
                    // What this process had written is all there once the file is put back.
                    try? FileManager.default.removeItem(atPath: path)
                    try FileManager.default.moveItem(atPath: aside, toPath: path)
                    let copy = try database.copyAfterCrash()
                    let opening = try await copy.opened { try await $0.begin(Sample.start()) }
                    #expect(opening.unspooled == 1 && opening.interrupted == 1)
                    #expect(opening.counts.accepted == 1 && opening.counts.ready == 2)
                }
            }
        }

        @Test func `a commit whose file went away under it lets nobody be called`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let store = try database.open()
                _ = try await store.begin(Sample.start())
                let gate = RemovingGate(path: database.path)
                var batch = Sample.batch(claims: 1)
                batch.gate = gate
                await #expect(throws: QueueError.replaced(path: database.path)) { try await store.commit(batch) }
                #expect(throws: QueueError.self) { try store.close() }
            }
        }

        // MARK: Under another name

        @Test func `a database is one under every symbolic link, and its files lie beside the file itself`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let folder = database.folder + "/elsewhere"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                let link = TemporaryDatabase(folder: folder)
                try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: database.path)
                let store = try database.open(command: "run cobranca")
                let error = #expect(throws: QueueError.self) { try link.open() }
                guard case .held(_, let holder) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(holder.contains("run cobranca"))
                #expect(WriterLock.holder(ofDatabase: link.path)?.command == "run cobranca")
                _ = try await store.begin(Sample.start())
                _ = try await store.claim(1)
                // The log beside the file is found from the link.
                #expect(try link.reader().counts(campaign: Sample.name).dialing == 1)
                #expect(try link.reader().examine() == [])
                try store.close()
                try await link.opened { _ = try await $0.begin(Sample.start()) }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["campanhas.db"])
            }
        }

        @Test func `a database that a link points to and that is not there yet is made where the link points`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                let link = TemporaryDatabase(folder: database.folder + "/elsewhere")
                try FileManager.default.createDirectory(atPath: link.folder, withIntermediateDirectories: false)
                try FileManager.default.createSymbolicLink(
                    atPath: link.path, withDestinationPath: "../campanhas.db")
                try await link.fill(contacts: 2)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
                #expect(DatabaseFiles(path: link.path) == DatabaseFiles(path: database.path))
            }
        }

        @Test func `a second name of the file is refused, before, during and after a run, and the first goes on`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let other = TemporaryDatabase(folder: database.folder + "/elsewhere")
                try FileManager.default.createDirectory(atPath: other.folder, withIntermediateDirectories: false)
                try FileManager.default.linkItem(atPath: database.path, toPath: other.path)
                let refusal = QueueError.otherName(path: other.path, name: database.path)
                #expect(throws: refusal) { try other.open() }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let holder = "process \(getpid()) on here (test), as \(database.path)"
                    let inUse = QueueError.held(path: other.path, holder: holder)
                    #expect(throws: inUse) { try other.open() }
                    #expect(throws: inUse) { try other.reader() }
                    _ = try await store.claim(1)
                }
                #expect(throws: refusal) { try other.open() }
                // A copy has a life of its own, and so has a file that was moved.
                try FileManager.default.removeItem(atPath: other.path)
                try FileManager.default.copyItem(atPath: database.path, toPath: other.path)
                try await other.opened { _ in }
                try FileManager.default.moveItem(atPath: database.path, toPath: database.folder + "/moved.db")
                try StoreReader(path: database.folder + "/moved.db").examine().forEach { Issue.record("\($0)") }
            }
        }

        @Test func `lock and spool are not looked for behind links`() async throws {
            for suffix in ["-lock", "-spool", "-tide"] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 2)
                    let victim = database.folder + "/letter.txt"
                    try Data("Dear all".utf8).write(to: URL(filePath: victim))
                    try? FileManager.default.removeItem(atPath: database.path + suffix)
                    try FileManager.default.createSymbolicLink(
                        atPath: database.path + suffix, withDestinationPath: victim)
                    let error = await #expect(throws: QueueError.self) {
                        try await database.opened { _ = try await $0.begin(Sample.start()) }
                    }
                    let words = suffix == "-tide" ? "-tide is gone" : "symbolic link"
                    #expect(error?.description.contains(words) == true, "\(suffix)")
                    #expect(try Data(contentsOf: URL(filePath: victim)) == Data("Dear all".utf8))
                }
            }
        }

        // MARK: The tide mark

        @Test func `an older copy under the same name is refused, whatever log lies beside it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 20)
                try database.reader().backUp(to: database.folder + "/older.db")
                try await database.fill(contacts: 20, from: 20)
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    for _ in 0..<4 { try await store.record(try await store.claim(5).map { Sample.accepted($0) }) }
                    return try database.copyAfterCrash()
                }
                for path in [database.path, crash.path] {
                    let place = TemporaryDatabase(folder: URL(filePath: path).deletingLastPathComponent().path)
                    let log = try? Data(contentsOf: URL(filePath: path + "-wal"))
                    try FileManager.default.removeItem(atPath: path)
                    try FileManager.default.copyItem(atPath: database.folder + "/older.db", toPath: path)
                    let older = try Data(contentsOf: URL(filePath: path))
                    let error = #expect(throws: QueueError.self) { try place.open() }
                    guard case .outdated = error else {
                        Issue.record("\(String(describing: error))")
                        continue
                    }
                    #expect(error?.description.contains("rings people again") == true)
                    // Whoever only looks is told the same.
                    if log == nil { #expect(try place.reader().staleness == error) }
                    #expect(try log != nil || place.reader().examine().map(\.text) == [error?.description ?? ""])
                    #expect(try Data(contentsOf: URL(filePath: path)) == older)
                    #expect((try? Data(contentsOf: URL(filePath: path + "-wal"))) == log)
                }
            }
        }

        @Test func `a copy from before the log was begun anew is refused, though the log would hide its age`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 8)
                let older = database.folder + "/older.db"
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                    try store.reader().backUp(to: older)
                    // More than fits into the log: what comes next begins it anew.
                    _ = try await store.importLists(campaign: "outra", file: "o.yml", now: Sample.now) { writer in
                        try writer.beginList(file: "longa.csv", columns: ["telefone", "nota"])
                        let note = String(repeating: "longa ", count: 250)
                        for index in 0..<24_000 {
                            try writer.add(
                                .contact(
                                    ListContact(phone: try Sample.phone(index), callDuration: nil, own: ["", note])))
                        }
                    }
                    for _ in 0..<3 { _ = try await store.claim(1) }
                    return try database.copyAfterCrash()
                }
                let copy = try Data(contentsOf: URL(filePath: older))
                try copy.write(to: URL(filePath: crash.path))
                let error = #expect(throws: QueueError.self) { try crash.open() }
                guard case .outdated = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(try Data(contentsOf: URL(filePath: crash.path)) == copy)
            }
        }

        @Test(arguments: [0, 32, 4152, 12_392])
        func `a log that was removed or cut after a kill is noticed`(_ length: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 40)
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    for _ in 0..<4 { try await store.record(try await store.claim(5).map { Sample.accepted($0) }) }
                    return try database.copyAfterCrash()
                }
                let log = URL(filePath: crash.path + "-wal")
                if length == 0 {
                    try FileManager.default.removeItem(at: log)
                } else {
                    try Data(contentsOf: log).prefix(length).write(to: log)
                }
                let error = #expect(throws: QueueError.self) { try crash.open() }
                guard case .outdated(_, let commits, let wanted) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(commits < wanted)
            }
        }

        @Test func `a mark that lags behind refuses nobody, and one that is gone or unreadable is not passed over`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let tide = URL(filePath: database.path + "-tide")
                let early = try Data(contentsOf: tide)
                try await database.opened { _ = try await $0.begin(Sample.start()) }
                try early.write(to: tide)
                try await database.opened { _ = try await $0.begin(Sample.start()) }
                let mark = try #require(TideMark.read(tide.path))
                #expect(try database.text("SELECT commits FROM store") == "\(mark.commits)")
                let unmarked = QueueError.unmarked(path: database.path)
                for content in [Data(), Data(repeating: 0, count: 128), Data("nonsense".utf8)] {
                    try content.write(to: tide)
                    #expect(throws: unmarked) { try database.open() }
                    #expect(try database.reader().staleness == unmarked)
                }
                try FileManager.default.removeItem(at: tide)
                #expect(throws: unmarked) { try database.open() }
            }
        }

        @Test func `no database is made where one was lost`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: database.path + suffix)
                }
                let lost = QueueError.lost(path: database.path)
                #expect(throws: lost) { try database.open() }
                #expect(throws: lost) { try database.reader() }
                // Whoever says so by removing the mark begins anew.
                try FileManager.default.removeItem(atPath: database.path + "-tide")
                #expect(throws: QueueError.missing(path: database.path)) { try database.reader() }
                try await database.fill(contacts: 2)
                try FileManager.default.removeItem(atPath: database.path)
                try FileManager.default.removeItem(atPath: database.path + "-tide")
                try Data("{}\n".utf8).write(to: URL(filePath: database.path + "-spool"))
                #expect(throws: lost) { try database.open() }
            }
        }

        @Test func `another database in the place of one is refused, and so is its log`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let other = TemporaryDatabase(folder: database.folder + "/other")
                try FileManager.default.createDirectory(atPath: other.folder, withIntermediateDirectories: false)
                try await other.fill(contacts: 2)
                let bytes = try Data(contentsOf: URL(filePath: other.path))
                try bytes.write(to: URL(filePath: database.path))
                let refusal = QueueError.otherDatabase(path: database.path, place: database.path)
                #expect(throws: refusal) { try database.open() }
                #expect(try database.reader().staleness == refusal)
                #expect(try Data(contentsOf: URL(filePath: database.path)) == bytes)
            }
        }

        @Test func `a database that was renamed away from its log is refused, and one with all its files is not`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 20)
                let killed = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(3).map { Sample.accepted($0) })
                    return try database.copyAfterCrash()
                }
                // As the kill left them, at the path that they know.
                for suffix in ["", "-wal", "-shm", "-tide"] {
                    try? FileManager.default.removeItem(atPath: database.path + suffix)
                }
                for suffix in ["-wal", "-tide"] {
                    try FileManager.default.copyItem(
                        atPath: killed.path + suffix, toPath: database.path + suffix)
                }
                let moved = TemporaryDatabase(folder: database.folder + "/moved")
                try FileManager.default.createDirectory(atPath: moved.folder, withIntermediateDirectories: false)
                try FileManager.default.copyItem(atPath: killed.path, toPath: moved.path)
                #expect(throws: QueueError.writtenElsewhere(path: moved.path, name: database.path)) {
                    try moved.open()
                }
                for suffix in ["-wal", "-tide"] {
                    // An empty log is made by whoever looks.
                    try? FileManager.default.removeItem(atPath: moved.path + suffix)
                    try FileManager.default.moveItem(atPath: database.path + suffix, toPath: moved.path + suffix)
                }
                #expect(try await moved.opened { try await $0.begin(Sample.start()) }.counts.accepted == 3)
            }
        }

        @Test func `a database that was written under another path than its mark is refused`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let elsewhere = TemporaryDatabase(folder: database.folder + "/elsewhere")
                try FileManager.default.createDirectory(atPath: elsewhere.folder, withIntermediateDirectories: false)
                // As a container does that sees the file alone: it goes on there, and comes back without its log.
                try FileManager.default.moveItem(atPath: database.path, toPath: elsewhere.path)
                try FileManager.default.copyItem(atPath: database.path + "-tide", toPath: elsewhere.path + "-tide")
                try await elsewhere.opened { _ = try await $0.begin(Sample.start()) }
                try FileManager.default.moveItem(atPath: elsewhere.path, toPath: database.path)
                let refusal = QueueError.writtenElsewhere(path: database.path, name: elsewhere.path)
                #expect(throws: refusal) { try database.open() }
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: ["-lock", "-spool", "-tide"])
        func `a pipe in the place of a file is an error and is not waited for`(_ suffix: String) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try? FileManager.default.removeItem(atPath: database.path + suffix)
                #expect(mkfifo(database.path + suffix, 0o600) == 0)
                await #expect(throws: QueueError.self) {
                    try await database.opened { _ = try await $0.begin(Sample.start()) }
                }
                #expect(WriterLock.holder(ofDatabase: database.path) == nil)
                _ = try? database.reader().spooledResults()
            }
        }
    }
}

/// Removes the database in the middle of the transaction that asks.
private struct RemovingGate: ClaimGate {
    let path: String

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        try? FileManager.default.removeItem(atPath: path)
        return nil
    }
}
