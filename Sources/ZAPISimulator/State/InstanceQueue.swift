/// A call that Z-API accepted while the phone of the instance was disconnected.
struct HeldCall: Sendable, Equatable {
    var identifiers: CallIdentifiers
    var phone: String
    var callDuration: Int
    var audioURL: String?
    var behavior: Behavior
    /// Milliseconds since 1970, UTC.
    var created: Int64
}

/// A text message that another program sent while the phone of the instance was disconnected.
struct HeldMessage: Sendable, Equatable {
    var identifiers: CallIdentifiers
    var phone: String
    var text: String
    /// Milliseconds since 1970, UTC.
    var created: Int64
}

/// An item in the queue of an instance.
enum HeldItem: Sendable, Equatable {
    case call(HeldCall)
    case message(HeldMessage)

    var zaapId: String {
        switch self {
        case .call(let call): call.identifiers.zaapId
        case .message(let message): message.identifiers.zaapId
        }
    }
}

/// The queue of one instance (Z-API docs, queue page, read 2026): at most 1000 items, listed in pages of at most 30.
struct InstanceQueue: Sendable {
    static let capacity = 1_000
    static let largestPage = 30

    private var items: [(position: Int, item: HeldItem)] = []
    private var nextPosition = 1

    var calls: [HeldCall] {
        items.compactMap { if case .call(let call) = $0.item { call } else { nil } }
    }
    var isFull: Bool { items.count >= Self.capacity }

    mutating func hold(_ item: HeldItem) {
        items.append((position: nextPosition, item: item))
        nextPosition += 1
    }

    mutating func removeAll() {
        items.removeAll()
    }

    /// - Returns: false when there is no such item.
    mutating func remove(zaapId: String) -> Bool {
        guard let index = items.firstIndex(where: { $0.item.zaapId == zaapId }) else { return false }
        items.remove(at: index)
        return true
    }

    /// The items after `position` (0 means from the start), oldest first; `next` is nil on the last page.
    func page(after position: Int, size: Int) -> (items: [HeldItem], next: Int?) {
        let rest = items.drop { $0.position <= position }
        let page = rest.prefix(size)
        return (page.map(\.item), page.count < rest.count ? page.last?.position : nil)
    }
}
