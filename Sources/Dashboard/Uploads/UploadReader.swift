import CampaignCore
import Hummingbird
import NIOCore

/// A list on its way from a browser to a file of its own.
package protocol IncomingList: Sendable {
    /// Adds bytes; returns when they are written, so that no more are taken from the network than the disk can take.
    func write(_ bytes: [UInt8]) async throws
    /// All bytes have come.
    ///
    /// - Returns: the list's id.
    func finish() async throws -> String
    /// Removes what has come.
    func discard() async
}

/// Reads the one file of a form as it comes, and passes it on.
///
/// The form's token comes first: before it is known, nothing is written. Whatever goes wrong, nothing is left.
struct UploadReader {
    /// Bytes of the largest file.
    static let mostBytes = 200 * 1_024 * 1_024
    /// Bytes of a form beside its file.
    static let mostBeside = 64 * 1_024
    /// The name of the form's file field.
    static let fileField = "list"
    private static let longestToken = 200
    /// An upload slower than this, on the average after its first minute, keeps others waiting for nothing.
    private static let leastBytesPerSecond = 4_096
    private static let patience = Duration.seconds(60)
    private static let longest = Duration.seconds(3600)

    let request: DashboardRequest
    let uptime: @Sendable () -> Duration

    private enum Part {
        case none
        case token([UInt8])
        case file(any IncomingList)
    }

    /// - Parameter begin: makes room for a file that the browser calls so.
    /// - Returns: the list's id.
    func receive(_ begin: (String) async throws -> any IncomingList) async throws -> String {
        guard let boundary = MultipartBoundary.find(in: request.headers[.contentType]) else {
            throw MultipartError.noForm
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.mostBytes + Self.mostBeside
        {
            throw Self.tooLarge
        }
        var parser = MultipartParser(boundary: boundary)
        var list: (any IncomingList)?
        do {
            var reading = Reading()
            for try await piece in request.body {
                try require(reading.bytes, after: reading.begun.map { uptime() - $0 } ?? .zero)
                if reading.begun == nil { reading.begun = uptime() }
                reading.bytes += piece.readableBytes
                parser.append(piece.readableBytesView)
                while let event = try parser.next() {
                    try await take(event, &reading, &list, begin)
                }
            }
            guard parser.isAtEnd else { throw MultipartError.unfinished }
            guard let list else { throw Self.noFile }
            return try await list.finish()
        } catch {
            await list?.discard()
            // A connection that was closed has many names.
            throw error is any Explained ? error : MultipartError.unfinished
        }
    }

    private struct Reading {
        var part = Part.none
        var isOurForm = false
        var begun: Duration?
        var bytes = 0
        var fileBytes = 0
    }

    private func take(
        _ event: MultipartParser.Event, _ reading: inout Reading, _ list: inout (any IncomingList)?,
        _ begin: (String) async throws -> any IncomingList
    ) async throws {
        switch event {
        case .part(let headers):
            guard reading.isOurForm else {
                guard headers == MultipartHeaders(name: DashboardRequest.tokenField) else {
                    throw DashboardError.foreignForm
                }
                reading.part = .token([])
                return
            }
            guard headers.name == Self.fileField, list == nil, let name = headers.fileName else {
                throw MultipartError.tooManyParts
            }
            guard let shown = UploadedName.shown(name) else { throw Self.noFile }
            let begun = try await begin(shown)
            list = begun
            reading.part = .file(begun)
        case .content(let bytes):
            switch reading.part {
            case .none: break
            case .token(let known):
                guard known.count + bytes.count <= Self.longestToken else { throw DashboardError.foreignForm }
                reading.part = .token(known + bytes)
            case .file(let file):
                reading.fileBytes += bytes.count
                guard reading.fileBytes <= Self.mostBytes else { throw Self.tooLarge }
                try await file.write(bytes)
            }
        case .endOfPart:
            if case .token(let bytes) = reading.part {
                try request.requireFormToken(String(decoding: bytes, as: UTF8.self))
                reading.isOurForm = true
            }
            if case .file = reading.part, reading.fileBytes == 0 { throw Self.empty }
            reading.part = .none
        case .end: break
        }
    }

    private func require(_ bytes: Int, after elapsed: Duration) throws {
        let seconds = Int(elapsed.components.seconds)
        let isTooSlow = elapsed > Self.patience && bytes < seconds * Self.leastBytesPerSecond
        guard isTooSlow || elapsed > Self.longest else { return }
        throw DashboardError(
            .requestTimeout, "too-slow",
            Phrase(
                "The file came in too slowly, and nothing was kept: send it again over a better connection.",
                "O arquivo chegou devagar demais, e nada foi guardado: envie de novo com uma conexão melhor."))
    }

    private static var tooLarge: DashboardError {
        let most = mostBytes / 1_024 / 1_024
        return DashboardError(
            .contentTooLarge, "too-large",
            Phrase(
                "The file is larger than \(most) MB, and nothing was kept: divide the list, or import it on the machine of "
                    + "the service with `discador import`.",
                "O arquivo tem mais de \(most) MB, e nada foi guardado: divida a lista, ou importe na máquina do serviço com "
                    + "`discador import`."))
    }

    private static let noFile = DashboardError.invalid(
        Phrase("Choose a file first.", "Escolha primeiro um arquivo."))

    private static let empty = DashboardError.invalid(
        Phrase("The file is empty: choose another one.", "O arquivo está vazio: escolha outro."))
}
