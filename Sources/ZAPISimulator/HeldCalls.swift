/// A call that Z-API accepted while the phone of the instance was disconnected.
struct HeldCall: Sendable, Equatable {
    var identifiers: CallIdentifiers
    var phone: String
    var callDuration: Int
    var behaviour: Behaviour
    /// Milliseconds since 1970, UTC.
    var created: Int64
}

/// The queue of one instance (Z-API docs, queue page, read 2026): at most 1000 items, listed in pages of at most 30.
struct HeldCalls: Sendable {
    static let capacity = 1_000
    static let largestPage = 30

    private var items: [(position: Int, call: HeldCall)] = []
    private var nextPosition = 1

    var calls: [HeldCall] { items.map(\.call) }
    var isFull: Bool { items.count >= Self.capacity }

    mutating func hold(_ call: HeldCall) {
        items.append((position: nextPosition, call: call))
        nextPosition += 1
    }

    mutating func removeAll() {
        items.removeAll()
    }

    /// False when there is no such item.
    mutating func remove(zaapId: String) -> Bool {
        guard let index = items.firstIndex(where: { $0.call.identifiers.zaapId == zaapId }) else { return false }
        items.remove(at: index)
        return true
    }

    /// The items behind `position` (0: from the start), oldest first; `next` is nil on the last page.
    func page(after position: Int, size: Int) -> (calls: [HeldCall], next: Int?) {
        let rest = items.drop { $0.position <= position }
        let page = rest.prefix(size)
        return (page.map(\.call), page.count < rest.count ? page.last?.position : nil)
    }
}
