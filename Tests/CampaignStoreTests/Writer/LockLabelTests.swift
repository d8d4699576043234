import CampaignCore
import Foundation
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct LockLabelTests {
        private static let many = (0..<500).map { "campanha-de-cobrança-número-\($0)" }

        @Test func `a label says what is dialed, however much that is, and is replaced whole`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    for names in [Self.many, [], ["a"], Self.many.reversed(), ["b\n\"c\""]] {
                        store.noteCommand("serve", dialing: names)
                        let holder = WriterLock.holder(ofDatabase: database.path)
                        #expect(holder?.dialing == names && holder?.command == "serve")
                        #expect(holder?.description == "process \(getpid()) on here (serve)")
                    }
                }
                #expect(try Data(contentsOf: URL(filePath: database.path + "-lock")).isEmpty)
            }
        }

        @Test func `whoever reads a label while it is being written gets the old one or the new one`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    let labels = [Self.many, Self.many.map { $0 + "-long" }, ["a"]]
                    let isDone = Mutex(false)
                    let writer = Thread {
                        for round in 0..<1500 { store.noteCommand("serve", dialing: labels[round % labels.count]) }
                        isDone.withLock { $0 = true }
                    }
                    store.noteCommand("serve", dialing: labels[0])
                    writer.start()
                    repeat {
                        let holder = try #require(WriterLock.holder(ofDatabase: database.path))
                        #expect(labels.contains(holder.dialing))
                    } while !isDone.withLock { $0 }
                }
            }
        }

        @Test func `of half a label, or of the halves of two, nothing is believed`() throws {
            let old = try label(dialing: Self.many)
            let new = try label(dialing: Self.many.map { $0.uppercased() })
            #expect(isUnfinished(old.prefix(4096) + new.dropFirst(4096)))
            #expect(isUnfinished(new.prefix(8192) + old.dropFirst(8192)))
            for length in stride(from: 1, to: old.count - 40, by: 997) { #expect(isUnfinished(old.prefix(length))) }
        }

        @Test func `a label that an earlier version wrote names no campaigns`() throws {
            let text = #"{"pid":7,"host":"here","command":"run a","since":1800000000000}"#
            let written = try JSONEncoder().encode(Sample.now)
            let label = text.replacing("1800000000000", with: String(decoding: written, as: UTF8.self))
            guard case .holder(let holder) = LockLabel.read(Data(label.utf8) + Data("   ".utf8)) else {
                Issue.record("the label was not read")
                return
            }
            #expect(holder.pid == 7 && holder.dialing.isEmpty && holder.since == Sample.now)
        }

        @Test(arguments: [
            ("run a b", ["a"], "discador pause a --db x.db"), ("run a b", ["a", "b"], nil), ("run a", [], nil),
            ("serve", ["b"], "kill -TERM 1"), ("serve", [], "kill -TERM 1"), ("server", ["a"], nil),
            ("import a", [], nil),
            ("end of run a", ["a"], nil),
        ])
        func `a holder that dials one campaign is stopped by pausing that, and a service by a signal`(
            _ command: String, _ dialing: [String], _ stop: String?
        ) {
            var holder = WriterLock.Holder(pid: 1, host: "here", command: command, since: Sample.now)
            holder.dialing = dialing
            #expect(holder.stop(database: "x.db") == stop)
        }

        private func isUnfinished(_ label: Data) -> Bool {
            if case .unfinished = LockLabel.read(label) { true } else { false }
        }

        /// The bytes of a label.
        private func label(dialing names: [String]) throws -> Data {
            var holder = WriterLock.Holder(pid: 7, host: "here", command: "serve", since: Sample.now)
            holder.dialing = names
            let path = FileManager.default.temporaryDirectory.appending(path: "discador-\(UUID())").path
            defer { unlink(path) }
            let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
            defer { close(descriptor) }
            #expect(LockLabel.write(holder, to: descriptor))
            return try Data(contentsOf: URL(filePath: path))
        }
    }
}
