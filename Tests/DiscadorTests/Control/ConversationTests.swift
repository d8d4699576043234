import CampaignCore
import Foundation
import Testing

@testable import discador

@Suite(.fewAtATime) struct `A conversation` {
    @Test func `tells its client how it goes on, and hears its signals, until the outcome`() async throws {
        try await ServedDatabase.during { database in
            let (signals, sink) = AsyncStream.makeStream(of: Talk.Signal.self)
            var updates: [Talk.Update] = []
            let end = try await database.client.converse(Talk(), signals: signals) { update in
                updates.append(update)
                switch update {
                case .began: sink.yield(.say(1))
                case .heard(let number): sink.yield(number < 3 ? .say(number + 1) : .end(bytes: 5))
                case .chatter: break
                }
            }
            #expect(updates == [.began, .heard(1), .heard(2), .heard(3)])
            #expect(end == .outcome(Talk.Outcome(heard: [1, 2, 3], rest: Data(count: 5))))
        }
    }

    @Test func `goes on beside others and beside operations`() async throws {
        try await ServedDatabase.during { (database: ServedDatabase) async throws -> Void in
            let talks = [TalkClient(database.client), TalkClient(database.client)]
            for talk in talks { #expect(await talk.next() == .began) }
            #expect(try await database.servesOperations())
            for (number, talk) in talks.enumerated().reversed() {
                talk.signals.yield(.say(number))
                #expect(await talk.next() == .heard(number))
            }
            #expect(try await database.servesOperations())
            for (number, talk) in talks.enumerated() {
                talk.signals.yield(.end(bytes: 0))
                let end = try await talk.result()
                #expect(end == .outcome(Talk.Outcome(heard: [number], rest: Data())))
            }
        }
    }

    @Test func `fails as it would in the client's own process`() async throws {
        try await ServedDatabase.during { database in
            let talk = TalkClient(database.client, Talk(manner: .fails))
            talk.signals.yield(.end(bytes: 0))
            let failure = try await #require(throws: Failure.self) { try await talk.result() }
            #expect(failure.exit == .badInput && failure.message.english == "there is nothing to talk about")
        }
    }

    @Test func `that this process does not know is refused with the remedy`() async throws {
        struct Unknown: StoreConversation {
            static let name = "unknown"
            func perform(
                in context: OperationContext, signals: AsyncStream<Int>,
                update: @escaping @Sendable (Int) async throws -> Void
            ) async throws -> Int { 0 }
        }
        try await ServedDatabase.during { database in
            let failure = try await #require(throws: Failure.self) {
                try await database.client.converse(Unknown(), signals: AsyncStream { _ in }) { _ in }
            }
            #expect(failure.exit == .held)
            #expect(failure.message.english.contains("“unknown”"))
            #expect(failure.message.english.contains("restart that service"))
            #expect(try await database.servesOperations())
        }
    }

    enum Departure: CaseIterable {
        /// It has read everything, and is killed.
        case isKilled
        /// It is killed before it has read what it was told.
        case isKilledUnread
        /// It only says that it will send nothing more.
        case stopsSending
        /// It sends something that is no signal.
        case talksNonsense
        /// It announces a message that is longer than any may be.
        case talksTooMuch
        /// It is killed in the middle of a signal.
        case breaksOff
    }

    @Test(arguments: Departure.allCases)
    func `hears that its client is gone, and decides itself what that means`(_ departure: Departure) async throws {
        try await ServedDatabase.during { database in
            let talk = Talk()
            try await Self.leave(database, talk, departure)
            #expect(try await database.servesOperations())
            // It waits for the conversation.
            await database.server.close()
            #expect(try database.isLeft(talk))
        }
    }

    private static func leave(_ database: ServedDatabase, _ talk: Talk, _ departure: Departure) async throws {
        let client = try await database.connect()
        try client.send(ControlRequest(talk))
        #expect(await client.nextText().contains("update"))
        try client.send(Talk.Signal.say(1))
        if departure != .isKilledUnread { #expect(await client.nextText().contains("update")) }
        switch departure {
        case .isKilled, .isKilledUnread: return
        case .stopsSending: client.finishSending()
        case .talksNonsense: client.send(#"{"sing": {}}"#)
        case .talksTooMuch: client.send(bytes: BareSocket.length(MessageFraming.limit + 1))
        case .breaksOff: return client.send(bytes: BareSocket.length(20) + Array("{".utf8))
        }
        // It still gets its outcome.
        #expect(await client.rest().contains("done"))
    }

    @Test func `holds up nobody else, and does not last, when its client does not read`() async throws {
        let limits = ControlServer.Limits(response: .milliseconds(100))
        try await ServedDatabase.during(limits: limits) { database in
            let left = try await Self.silentClient(of: database, Talk(manner: .floods))
            let ended = try await Self.silentClient(of: database, Talk(manner: .floods))
            let talk = TalkClient(database.client)
            #expect(await talk.next() == .began)
            #expect(try await database.servesOperations())
            // Its outcome, too, is never read.
            try ended.send(Talk.Signal.end(bytes: 1 << 20))
            talk.signals.yield(.end(bytes: 0))
            #expect(try await talk.result() == .outcome(Talk.Outcome(heard: [], rest: Data())))
            await database.server.close()
            withExtendedLifetime(left) {}
        }
    }

    private static func silentClient(of database: ServedDatabase, _ talk: Talk) async throws -> BareSocket {
        let client = try await database.connect()
        try client.send(ControlRequest(talk))
        return client
    }

    @Test func `is waited for by a server that closes, and meanwhile none begins`() async throws {
        try await ServedDatabase.during { (database: ServedDatabase) async throws -> Void in
            let talk = TalkClient(database.client)
            #expect(await talk.next() == .began)
            let (waits, note) = AsyncStream.makeStream(of: [String].self)
            async let closing: Void = database.server.close { note.yield($0) }
            #expect(await waits.first { _ in true } == ["talk repeats"])
            #expect(try await TalkClient(database.client).result() == .unavailable)
            #expect(try await database.servesOperations())
            talk.signals.yield(.say(1))
            #expect(await talk.next() == .heard(1))
            talk.signals.yield(.end(bytes: 0))
            #expect(try await talk.result() == .outcome(Talk.Outcome(heard: [1], rest: Data())))
            await closing
            #expect(try await TalkClient(database.client).result() == .unavailable)
        }
    }
}
