import CampaignCore
import Foundation
import NIOConcurrencyHelpers
import NIOSSL
import Ongoing
import Testing
import Webhooks

@Suite struct `The listener` {
    @Test func `answers what is under way before it ends, and takes nothing new`() async throws {
        try await Listener.with { listener in
            listener.inbox.hold()
            let request = OngoingTask { try await listener.response(to: listener.request(Listener.event(1)))?.status }
            try await request.wait(for: "an event in the inbox") { listener.inbox.arrived == 1 }
            try await RawConnection.with(port: listener.port) { idle in
                await listener.server.shutdown()
                // A connection without a request ends at once.
                #expect(await idle.end() == "")
            }
            #expect(!request.isOver)
            listener.inbox.release()
            #expect(try await request.value == 200)
            try await listener.task.value
            await #expect(throws: (any Error).self) {
                try await listener.response(to: listener.request(Listener.event(2)))
            }
            #expect(listener.inbox.events.count == 1)
        }
    }

    @Test func `ends with its task, and what it had begun to keep is kept`() async throws {
        try await Listener.with { listener in
            listener.inbox.hold()
            let request = OngoingTask { try? await listener.response(to: listener.request(Listener.event(1)))?.status }
            try await request.wait(for: "an event in the inbox") { listener.inbox.arrived == 1 }
            listener.task.cancel()
            listener.inbox.release()
            try await listener.task.value
            #expect(listener.inbox.events.count == 1)
            #expect(listener.told.withLockedValue { $0.count } == 1)
        }
    }

    @Test func `that is ended before it begins never listens`() async throws {
        let server = try WebhookServer(
            WebhookServerConfiguration(ListenAddress(host: "127.0.0.1", port: 0)),
            dependencies: .init(
                addresses: WebhookAddressBook(), inbox: MemoryInbox(), now: { Reading.now }, logger: LogRecord().logger,
                onReceived: { _ in }))
        await server.shutdown()
        try await server.run { _ in Issue.record("listens") }
    }

    @Test func `says that its address is taken`() async throws {
        try await Listener.with { listener in
            let address = ListenAddress(host: "127.0.0.1", port: listener.port)
            let second = try WebhookServer(
                WebhookServerConfiguration(address),
                dependencies: .init(
                    addresses: WebhookAddressBook(), inbox: MemoryInbox(), now: { Reading.now },
                    logger: LogRecord().logger, onReceived: { _ in }))
            await #expect(throws: WebhookServerError.addressTaken(address)) { try await second.run() }
        }
    }

    @Test func `logs no token, address or body, whatever comes`() async throws {
        try await Listener.with(limits: `The listener's limits`.limits { $0.request = .milliseconds(300) }) {
            listener in
            let secret = listener.token.text.reveal()
            let requests = [
                listener.request(#"{"type":"x","text":"b0dy"}"#), listener.request("b0dy"),
                listener.request("b0dy", path: "/z/\(Listener.instance)/\(secret.dropLast())"),
                listener.request("b0dy", path: "/z/OTHER/\(secret)"),
                listener.request("b0dy" + String(repeating: "x", count: 300_000)),
                "POST \(listener.path) HTTP/1.1\r\nb0dy\r\n\r\n",
                "POST \(listener.path) HTTP/1.1\r\nContent-Length: b0dy\r\n\r\n",
                String(listener.request("b0dy").dropLast()),
            ]
            for isFailing in [false, true] {
                listener.inbox.fail(isFailing ? .io(path: "/x.db", detail: "") : nil)
                for request in requests {
                    try await RawConnection.with(port: listener.port) { connection in
                        try await connection.send(request)
                        _ = await connection.response()
                    }
                }
            }
            #expect(!listener.log.lines.isEmpty)
            for line in listener.log.lines {
                for word in [String(secret.prefix(10)), "b0dy", "/z/"] { #expect(!line.contains(word), "\(line)") }
            }
        }
    }

    // MARK: HTTPS

    @Test func `speaks HTTPS with a certificate, and nothing else`() async throws {
        try await CertificateFolder.with { files in
            try await Listener.with(certificate: files) { listener in
                var client = TLSConfiguration.makeClientConfiguration()
                client.certificateVerification = .none
                let context = try NIOSSLContext(configuration: client)
                try await RawConnection.with(port: listener.port, tls: context) { connection in
                    for number in 0..<2 {
                        try await connection.send(listener.request(Listener.event(number)))
                        #expect(await connection.response()?.status == 200)
                    }
                    try await connection.send(listener.request("", path: "/"))
                    #expect(await connection.response()?.status == 404)
                    #expect(await connection.end() == "")
                }
                try await RawConnection.with(port: listener.port) { connection in
                    try await connection.send(listener.request(Listener.event(3)))
                    #expect(!(await connection.end()).contains("HTTP"))
                }
                #expect(listener.inbox.events.count == 2)
            }
        }
    }

    @Test func `a connection without a handshake does not stay`() async throws {
        try await CertificateFolder.with { files in
            try await Listener.with(
                limits: `The listener's limits`.limits { $0.request = .milliseconds(200) }, certificate: files
            ) { listener in
                try await RawConnection.with(port: listener.port) { #expect(await $0.end() == "") }
            }
        }
    }

    @Test func `says which file for HTTPS is wrong`() async throws {
        try await CertificateFolder.with { files in
            func error(_ certificate: String, _ key: String) -> WebhookServerError? {
                do {
                    _ = try WebhookServer(
                        WebhookServerConfiguration(
                            ListenAddress(host: "0.0.0.0", port: 0),
                            certificate: CertificateFiles(certificate: certificate, key: key)),
                        dependencies: .init(
                            addresses: WebhookAddressBook(), inbox: MemoryInbox(), now: { Reading.now },
                            logger: LogRecord().logger, onReceived: { _ in }))
                    return nil
                } catch {
                    return error
                }
            }
            let folder = (files.key as NSString).deletingLastPathComponent
            #expect(error(files.certificate, files.key) == nil)
            #expect(
                error("/nowhere.pem", files.key)?.description.hasPrefix(
                    "/nowhere.pem cannot be used for HTTPS: there is no such file.") == true)
            #expect(error(files.certificate, "/nowhere.key")?.description.contains("/nowhere.key") == true)
            #expect(error(files.key, files.key)?.description.contains("it contains no certificate") == true)
            #expect(
                error(files.certificate, files.certificate)?.description.contains("it contains no private key") == true)
            #expect(error(folder, files.key)?.description.contains("it cannot be read") == true)
            #expect(error(folder + "/empty.pem", files.key)?.description.contains("it contains no certificate") == true)
            #expect(error(files.certificate, folder + "/encrypted.key")?.description.contains("passphrase") == true)
            #expect(
                error(files.certificate, folder + "/other.key")?.description.contains(
                    "does not belong to the certificate") == true)
        }
    }
}
