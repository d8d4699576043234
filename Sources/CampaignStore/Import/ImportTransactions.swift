import GRDB

/// The transactions of an import.
enum ImportTransactions {
    /// One for everything.
    case one(Database)
    /// One for each piece of work, with those of others in between.
    case slices(CampaignStore)

    /// Whether one can fail when others are written already.
    var areMany: Bool {
        switch self {
        case .one: false
        case .slices: true
        }
    }

    /// Carries a piece of work out.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.blockingTransaction(body)
        }
    }

    /// Looks at what was written, for as long as that takes: nobody waits for it.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        switch self {
        case .one(let db): try body(db)
        case .slices(let store): try store.reader().read(body)
        }
    }
}
