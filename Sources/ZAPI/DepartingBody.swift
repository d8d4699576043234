import CampaignCore
import NIOConcurrencyHelpers

/// The body of a call's request, which asks whether it may still leave when it is fetched to be sent.
///
/// The HTTP client fetches it on its event loop when the connection is there and the head has been written, and writes it
/// in the same breath; ``DepartureGate`` asks once more right before the socket. A body that is refused is empty; the client then
/// gives the request up, since the head promised more, and closes the connection.
///
/// A collection, since the client fetches a mere sequence in a task of its own, and hops to the event loop after that.
struct DepartingBody: Collection, Sendable {
    /// What was answered when it was fetched; whoever fetches it again gets the same.
    private enum Answer {
        case unasked, leaves
        case refused(DepartureRefusal)
    }

    private let bytes: [UInt8]
    private let ask: @Sendable () -> DepartureRefusal?
    private let passing: PassingBodies
    private let answer = NIOLockedValueBox(Answer.unasked)

    init(_ bytes: [UInt8], to passing: PassingBodies, unless ask: @escaping @Sendable () -> DepartureRefusal?) {
        self.bytes = bytes
        self.passing = passing
        self.ask = ask
    }

    /// Asks once more, right before the socket.
    var isHeldBackNow: Bool {
        answer.withLockedValue { answer in
            guard let refusal = ask() else { return false }
            answer = .refused(refusal)
            return true
        }
    }

    /// As many as the head promises.
    var count: Int { bytes.count }
    var startIndex: Int { bytes.startIndex }
    var endIndex: Int { bytes.endIndex }
    func index(after index: Int) -> Int { index + 1 }
    subscript(index: Int) -> UInt8 { bytes[index] }

    /// As many as certainly come: none, should it be held back.
    var underestimatedCount: Int { 0 }

    /// Why it was held back; nil when it was not, or nobody has fetched it.
    var refusal: DepartureRefusal? {
        if case .refused(let refusal) = answer.withLockedValue(\.self) { refusal } else { nil }
    }

    func makeIterator() -> IndexingIterator<[UInt8]> {
        let leaves = answer.withLockedValue { answer in
            if case .unasked = answer { answer = ask().map(Answer.refused) ?? .leaves }
            if case .leaves = answer { return true }
            return false
        }
        guard leaves else { return [].makeIterator() }
        passing.note(self)
        return bytes.makeIterator()
    }
}
