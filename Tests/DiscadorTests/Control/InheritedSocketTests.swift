import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Testing

@testable import discador

@Suite(.fewAtATime) struct `A socket inherited from systemd` {
    @Test(
        arguments: [
            ([:], []),
            (["LISTEN_FDS": "1"], []),
            (["LISTEN_PID": "8", "LISTEN_FDS": "1"], []),
            (["LISTEN_PID": "7"], []),
            (["LISTEN_PID": "7", "LISTEN_FDS": "0"], []),
            (["LISTEN_PID": "7", "LISTEN_FDS": "1"], [""]),
            (["LISTEN_PID": "7", "LISTEN_FDS": "1", "LISTEN_FDNAMES": "discador.socket"], ["discador.socket"]),
            (["LISTEN_PID": "7", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "web:control"], ["web", "control", ""]),
        ] as [([String: String], [String])])
    func `is only for the process that the environment names`(
        _ environment: [String: String], _ names: [String]
    ) throws {
        #expect(try InheritedSocket.names(in: environment, of: 7) == names)
    }

    @Test(arguments: ["one", "-1", "", "99999999999999999999"])
    func `is counted by systemd, and what is no count is refused`(_ count: String) throws {
        let failure = try #require(throws: Failure.self) {
            try InheritedSocket.names(in: ["LISTEN_PID": "7", "LISTEN_FDS": count], of: 7)
        }
        #expect(failure.exit == .usage && failure.message.english.contains("LISTEN_FDS is “\(count)”"))
        #expect(failure.message.portuguese.contains("LISTEN_FDS é “\(count)”"))
    }

    @Test func `goes on listening when the server is closed, for the next one`() async throws {
        try await DatabaseFolder.during { folder in
            let socket = try folder.inheritedSocket()
            #expect(socket.warning == nil)
            for number in 0..<3 {
                // Connected while no server listens: the next one serves it.
                let early = TalkClient(.patient(database: folder.store.path))
                let server = try await folder.server(inherited: socket)
                async let serving: Void = server.serve()
                #expect(await early.next() == .began)
                early.signals.yield(.say(number))
                early.signals.yield(.end(bytes: 0))
                #expect(try await early.result() == .outcome(Talk.Outcome(heard: [number], rest: Data())))
                await server.close()
                await serving
                #expect(FileManager.default.fileExists(atPath: folder.socket))
            }
            close(socket.descriptor)
        }
    }

    @Test func `that others may reach is used, with a warning`() async throws {
        try await DatabaseFolder.during { folder in
            let socket = try folder.inheritedSocket(mode: 0o660)
            #expect(socket.warning?.english.contains("SocketMode=0600") == true)
            #expect(socket.warning?.portuguese.hasPrefix("outros usuários podem alcançar ") == true)
            close(socket.descriptor)
        }
    }

    @Test func `is the same one under another name of its folder`() async throws {
        try await DatabaseFolder.during { folder in
            let link = FileManager.default.temporaryDirectory.appending(path: "discador-link-\(UUID())").path
            let real = URL(fileURLWithPath: folder.store.path).deletingLastPathComponent().path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
            defer { try? FileManager.default.removeItem(atPath: link) }
            // As `ListenStream=` names it.
            let server = try BareSocket(listeningAt: link + "/discador.db-socket")
            let socket = try InheritedSocket(descriptor: server.descriptor, forDatabase: folder.store.path)
            #expect(socket.descriptor == server.descriptor)
        }
    }

    enum Wrong: CaseIterable {
        case closed, file, internet, datagram, connected, silent, nameless, elsewhere, removed

        /// What the error says about it.
        var text: String {
            switch self {
            case .closed, .file: "is not a socket"
            case .internet: "is not a Unix socket"
            case .datagram: "is not a stream socket"
            case .connected, .silent: "does not listen"
            case .nameless: "has no path"
            case .elsewhere: "-elsewhere"
            case .removed: "no longer exists"
            }
        }

        /// Such a descriptor.
        func open(for path: String) throws -> Int32 {
            let stream = Int32(SOCK_STREAM.rawValue)
            switch self {
            case .closed: return -1
            case .file: return Glibc.open("/dev/null", O_RDONLY)
            case .internet: return socket(AF_INET, stream, 0)
            case .datagram: return socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            case .silent: return socket(AF_UNIX, stream, 0)
            case .connected:
                var pair: [Int32] = [0, 0]
                try #require(socketpair(AF_UNIX, stream, 0, &pair) == 0)
                close(pair[1])
                return pair[0]
            case .nameless:
                let descriptor = socket(AF_UNIX, stream, 0)
                // Linux gives it an abstract name.
                var address = sockaddr(
                    sa_family: sa_family_t(AF_UNIX), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                try #require(bind(descriptor, &address, socklen_t(MemoryLayout<sa_family_t>.size)) == 0)
                try #require(listen(descriptor, 1) == 0)
                return descriptor
            case .elsewhere: return try listening(at: path + "-elsewhere")
            case .removed:
                let descriptor = try listening(at: path)
                unlink(path)
                return descriptor
            }
        }

        /// Bound to its path as systemd binds it: under its full name.
        private func listening(at path: String) throws -> Int32 {
            try BareSocket(listeningAt: path).duplicate()
        }
    }

    @Test(arguments: Wrong.allCases)
    func `that is not the control socket of the database is refused, with the path that it needs`(
        _ wrong: Wrong
    ) async throws {
        try await DatabaseFolder.during { folder in
            let path = folder.socket
            let descriptor = try wrong.open(for: path)
            defer { close(descriptor) }
            let failure = try #require(throws: Failure.self) {
                try InheritedSocket(descriptor: descriptor, forDatabase: folder.store.path)
            }
            #expect(failure.exit == .usage)
            #expect(failure.message.english.contains(wrong.text), "\(failure.message)")
            #expect(failure.message.english.contains("`ListenStream=\(path)`"), "\(failure.message)")
            #expect(failure.message.portuguese.hasPrefix("O socket que o systemd entrega "), "\(failure.message)")
            #expect(failure.message.portuguese.contains("`ListenStream=\(path)`"), "\(failure.message)")
        }
    }
}
