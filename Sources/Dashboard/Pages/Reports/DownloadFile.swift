import Hummingbird
import NIOCore

/// A file that is complete and has no name any more: it goes when nobody reads it.
package protocol DownloadFile: Sendable {
    /// In bytes.
    var size: Int { get }
    /// Some bytes from a place on; empty at the end.
    func read(from offset: Int) async throws -> [UInt8]
}

extension DashboardResponse {
    /// A file to be saved, sent no faster than the browser takes it.
    static func download(_ file: any DownloadFile, name: String, type: String) -> Self {
        let body = ResponseBody(contentLength: file.size) { writer in
            var offset = 0
            while true {
                let bytes = try await file.read(from: offset)
                guard !bytes.isEmpty else { break }
                offset += bytes.count
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
        return download(body, name: name, type: type)
    }
}
