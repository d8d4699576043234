package import HummingbirdCore
import NIOConcurrencyHelpers
package import NIOCore

/// The open connections of a listener, and which of them give way when there is no room for another.
///
/// A sender is unknown until a request of it has come to a right address. Behind a proxy, all senders come from one
/// address: so what counts is only whether they send anything, and for how long they have not.
package final class OpenConnections: Sendable {
    private struct State {
        var open = 0
        /// Senders that have not sent a request to a right address yet.
        var unknown: Set<ObjectIdentifier> = []
        /// Those of them that have had the time for it; the one that is longest here first.
        var overdue = Queue()
    }

    /// Channels in the order in which they came; some have gone since.
    private struct Queue {
        private var channels: [(any Channel)?] = []
        private var first = 0

        mutating func append(_ channel: any Channel) { channels.append(channel) }

        /// Forgets those in front that are not wanted any more.
        mutating func trim(unless isWanted: (any Channel) -> Bool) {
            while first < channels.count, let channel = channels[first], !isWanted(channel) { _ = popFirst() }
        }

        mutating func popFirst() -> (any Channel)? {
            guard first < channels.count else { return nil }
            defer {
                channels[first] = nil
                first += 1
                // Half of it is empty: what is moved was appended since.
                if first > 1_024, first * 2 > channels.count {
                    channels.removeFirst(first)
                    first = 0
                }
            }
            return channels[first]
        }
    }

    private let maximum: Int
    private let state = NIOLockedValueBox(State())

    package init(maximum: Int) {
        self.maximum = maximum
    }

    /// What the listener asks.
    package var room: some AvailableConnectionsDelegate { RoomForConnections(connections: self) }

    /// A connection has begun: nothing was sent on it yet.
    func begin(_ channel: any Channel) {
        _ = state.withLockedValue { $0.unknown.insert(ObjectIdentifier(channel)) }
    }

    /// A request on it came to a right address: it never gives way to others.
    package func know(_ channel: any Channel) {
        _ = state.withLockedValue { $0.unknown.remove(ObjectIdentifier(channel)) }
    }

    func end(_ channel: any Channel) { know(channel) }

    /// The time is over in which a sender should have sent something.
    func expect(_ channel: any Channel) {
        let isInTheWay = state.withLockedValue { state in
            guard state.unknown.contains(ObjectIdentifier(channel)) else { return false }
            guard state.open < maximum else { return true }
            // Nobody is silent for long: what is behind the first one has come within that time.
            let unknown = state.unknown
            state.overdue.trim { unknown.contains(ObjectIdentifier($0)) }
            state.overdue.append(channel)
            return false
        }
        if isInTheWay { channel.close(promise: nil) }
    }

    /// When the last place is taken, the sender that has been silent for longest makes room.
    fileprivate func opened() {
        let silent = state.withLockedValue { state -> (any Channel)? in
            state.open += 1
            guard state.open >= maximum else { return nil }
            while let channel = state.overdue.popFirst() {
                if state.unknown.contains(ObjectIdentifier(channel)) { return channel }
            }
            return nil
        }
        silent?.close(promise: nil)
    }

    fileprivate func closed() { state.withLockedValue { $0.open -= 1 } }
    fileprivate var hasRoom: Bool { state.withLockedValue { $0.open < maximum } }
}

/// Tells the listener whether there is room; further connections wait in the system's queue.
private struct RoomForConnections: AvailableConnectionsDelegate {
    let connections: OpenConnections

    func connectionOpened() { connections.opened() }
    func connectionClosed() { connections.closed() }
    func isAcceptingNewConnections() -> Bool { connections.hasRoom }
}
