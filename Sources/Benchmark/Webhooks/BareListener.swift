import ArgumentParser
import Hummingbird
import Logging

/// The process that discador's listener is compared with: Hummingbird alone, which reads each body and answers 200.
struct BareListener: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bare-listener", shouldDisplay: false)

    func run() async throws {
        let application = Application(
            responder: CallbackResponder { request, _ in
                _ = try await request.body.collect(upTo: 262_144)
                return Response(status: .ok)
            } as CallbackResponder<BasicRequestContext>,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { say("127.0.0.1:\($0.localAddress?.port ?? 0)") },
            logger: Logger(label: "bare-listener") { _ in SwiftLogNoOpLogHandler() })
        try await application.runService()
    }
}
