import CampaignCore
import CampaignStore
import Foundation
import Testing

extension StoreTests {
    @Suite struct WriterLockTests {
        @Test func `a second writer is told who holds the database`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let first = try database.open(command: "run cobranca", dialing: [Sample.name])
                for _ in 0..<3 {
                    let error = #expect(throws: StoreError.self) { try database.open() }
                    #expect(
                        error
                            == .held(
                                path: database.path,
                                holder: Phrase(
                                    "process \(getpid()) on here (run cobranca)",
                                    "processo \(getpid()) em here (run cobranca)"),
                                stop: "discador pause cobranca --db \(database.path)"))
                    #expect(WriterLock.holder(ofDatabase: database.path)?.command == "run cobranca")
                }
                #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
                _ = try await first.begin(Sample.start())
                try first.close()
            }
        }

        @Test func `the lock is free when the writer is gone`() async throws {
            try await TemporaryDatabase.with { database in
                for round in 0..<3 {
                    try await database.opened { _ in
                        #expect(WriterLock.holder(ofDatabase: database.path) != nil, "round \(round)")
                    }
                    #expect(WriterLock.holder(ofDatabase: database.path) == nil, "round \(round)")
                }
            }
        }

        @Test func `the lock is free again when the database could not be opened`() async throws {
            try await TemporaryDatabase.with { database in
                try Data("not a database at all, but long enough to be one".utf8).write(
                    to: URL(filePath: database.path))
                #expect(throws: StoreError.self) { try database.open() }
                try FileManager.default.removeItem(atPath: database.path)
                try await database.opened { _ in }
            }
        }

        @Test func `a user who cannot read the lock is told that the holder is unknown`() async throws {
            try await TemporaryDatabase.with { database in
                // A link stands for another user's file: neither is opened, whichever user runs this test.
                try FileManager.default.createSymbolicLink(
                    atPath: database.path + "-lock", withDestinationPath: database.path + "-elsewhere")
                guard case .unknown(let why) = WriterLock.holding(ofDatabase: database.path) else {
                    Issue.record("\(WriterLock.holding(ofDatabase: database.path))")
                    return
                }
                #expect(why.english.hasPrefix(database.path + "-lock: "))
            }
        }

        @Test func `a lock without a label still counts as held`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { _ in
                    #expect(truncate(database.path + "-lock", 0) == 0)
                    #expect(WriterLock.holding(ofDatabase: database.path) == .held(nil))
                }
            }
        }

        @Test func `nobody holds a database that nobody ever opened`() {
            #expect(WriterLock.holding(ofDatabase: "/nowhere/at-all.db") == .free)
        }

        @Test func `a folder that is not there is an error about the file`() {
            let error = #expect(throws: StoreError.self) {
                try TemporaryDatabase(folder: "/nowhere/at-all").open()
            }
            guard case .io(let path, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(path.hasPrefix("/nowhere/at-all/"))
        }

        @Test(.enabled("flock(1) is not installed") { FileManager.default.isExecutableFile(atPath: flock) })
        func `the lock of a process that was killed is free`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let other = Process()
                other.executableURL = URL(filePath: Self.flock)
                other.arguments = ["-x", "--no-fork", database.path + "-lock", "sh", "-c", "echo held; exec sleep 600"]
                let output = Pipe()
                other.standardOutput = output
                try other.run()
                #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
                let someProcess = Phrase("another process", "outro processo")
                #expect(throws: StoreError.held(path: database.path, holder: someProcess)) {
                    try database.open()
                }
                #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
                kill(other.processIdentifier, SIGKILL)
                other.waitUntilExit()
                try await database.opened { _ = try await $0.begin(Sample.start()) }
            }
        }

        private static let flock = "/usr/bin/flock"
    }
}
