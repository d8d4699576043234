import CampaignCore
import Foundation
import Glibc
import Testing

@testable import discador

/// What a client makes of a process that holds the database and is not quite ours.
@Suite(.fewAtATime) struct `A conversation with a process that` {
    private static let hello = #"{"version":"\#(Discador.version)"}"#

    enum Speech: CaseIterable {
        case nothing
        case closing
        case began
        case beganAndHalfAnUpdate
    }

    @Test(arguments: Speech.allCases)
    func `goes away is lost once it was requested, except when that process says that nothing was done`(
        _ speech: Speech
    ) async throws {
        let talk = try await Self.talk { server in
            server.send(Self.hello)
            #expect(server.read().contains("talk"))
            switch speech {
            case .nothing: break
            case .closing: try server.send(ControlResponse.closing)
            case .began: try Self.sendBegan(server)
            case .beganAndHalfAnUpdate:
                try Self.sendBegan(server)
                server.send(bytes: BareSocket.length(100) + Array("{".utf8))
            }
        }
        // Those that are left over harm nobody.
        talk.signals.yield(.say(1))
        #expect(try await talk.result() == (speech == .closing ? .unavailable : .lost))
        talk.signals.yield(.say(2))
    }

    @Test func `goes away before the request has not been asked for anything`() async throws {
        let talk = try await Self.talk { $0.send(Self.hello) }
        // Whether its kernel had taken the request by then is a matter of chance.
        let end = try await talk.result()
        #expect(end == .unavailable || end == .lost)
        #expect(try await Self.talk { _ in }.result() == .unavailable)
    }

    @Test func `is another version is refused before anything is asked, with the remedy`() async throws {
        let talk = try await Self.talk { server in
            server.send(#"{"version":"99.0"}"#)
            #expect(server.read() == "")
        }
        let failure = try await #require(throws: Failure.self) { try await talk.result() }
        #expect(failure.exit == .held)
        #expect(failure.message.english.contains("discador 99.0"))
        #expect(failure.message.english.contains("restart that service"))
    }

    @Test func `says something else is an error, not an outcome`() async throws {
        let talk = try await Self.talk { server in
            server.send(Self.hello)
            #expect(server.read().contains("talk"))
            try server.send(ControlResponse.done(Data("{}".utf8)))
        }
        let failure = try await #require(throws: Failure.self) { try await talk.result() }
        #expect(failure.message.english.contains("`talk repeats`"))
        #expect(failure.message.english.contains("another version"))
    }

    @Test func `does not exist is not to be had`() async throws {
        let nowhere = FileManager.default.temporaryDirectory.appending(path: "discador-\(UUID())").path
        #expect(try await TalkClient(ControlClient(database: nowhere)).result() == .unavailable)
    }

    private static func sendBegan(_ server: BareSocket) throws {
        try server.send(ControlResponse.update(try JSONEncoder().encode(Talk.Update.began)))
    }

    /// Talks with a process that does what `serve` does, and then closes the connection.
    private static func talk(_ serve: @escaping @Sendable (BareSocket) throws -> Void) async throws -> TalkClient {
        let path = FileManager.default.temporaryDirectory.appending(path: "discador-\(UUID())").path
        let server = try BareSocket(listeningAt: path + "-socket")
        // A thread that may wait.
        Thread.detachNewThread {
            let client = server.next()
            do { try serve(client) } catch { Issue.record(error) }
            unlink(path + "-socket")
        }
        return TalkClient(.patient(database: path))
    }
}
