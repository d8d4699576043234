import CampaignCore
import Crypto
import Dashboard
import Dispatch
import Glibc
import NIOConcurrencyHelpers

/// A list while it comes in: its bytes go to a file of their own, on a thread that may wait for the disk.
final class ReceivedList: IncomingList, Sendable {
    /// What is known of a file that has come completely.
    struct File: Sendable {
        var path: String
        var bytes: Int
        var sha256: [UInt8]
    }

    private struct State {
        var hash = SHA256()
        var bytes = 0
        var isOpen = true
    }

    private let folder: UploadFolder
    private let path: String
    private let file: OpenFile
    private let queue = DispatchQueue(label: "discador.upload")
    private let state = NIOLockedValueBox(State())
    /// Told once: with the file, or with nil when there is none.
    private let onEnd: @Sendable (File?) async -> String

    /// - Parameter onEnd: returns the list's id.
    init(
        in folder: UploadFolder, id: String, onEnd: @escaping @Sendable (File?) async -> String
    ) throws(Failure) {
        self.folder = folder
        path = folder.file(of: id)
        file = try folder.create(path)
        self.onEnd = onEnd
    }

    func write(_ bytes: [UInt8]) async throws {
        try await onQueue { list in
            try list.folder.write(bytes, to: list.file)
            list.state.withLockedValue { state in
                state.hash.update(data: bytes)
                state.bytes += bytes.count
            }
        }
    }

    func finish() async throws -> String {
        let file = try await onQueue { list in
            list.close()
            return list.state.withLockedValue { state in
                File(path: list.path, bytes: state.bytes, sha256: Array(state.hash.finalize()))
            }
        }
        return await onEnd(file)
    }

    func discard() async {
        _ = try? await onQueue { list in
            list.close()
            unlink(list.path)
        }
        _ = await onEnd(nil)
    }

    private func close() {
        let isOpen = state.withLockedValue { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        if isOpen { Glibc.close(file.descriptor) }
    }

    private func onQueue<Value: Sendable>(
        _ work: @escaping @Sendable (ReceivedList) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in continuation.resume(with: Result { try work(self) }) }
        }
    }
}
