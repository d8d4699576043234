import CampaignCore
import NIOCore

/// Puts the pages of Z-API's queue together, and ends whatever Z-API says.
struct QueuePager {
    /// Items in one page (queue page, read 2026).
    static let pageSize = 30
    /// Z-API holds 1000 items; some room, since pages may come short.
    static let maxPages = 40
    /// A page that takes longer does not come.
    private static let longestPage = TimeAmount.seconds(10)

    private let end: NIODeadline
    private let limit: TimeAmount

    /// What the pages hold, each item once: what is sent between two pages moves the others.
    private(set) var items: [ProviderQueueItem] = []
    private var known: Set<String> = []
    private var states: Set<String> = []
    private var pages = 0

    /// A reading that begins now and takes `limit` at most, however many pages there are.
    init(from start: NIODeadline, limit: TimeAmount) {
        end = start + limit
        self.limit = limit
    }

    /// How long the next page may take.
    func time(at now: NIODeadline) throws(ProviderError) -> TimeAmount {
        guard now < end else {
            throw .unreachable("its queue is not read to its end within \(limit.nanoseconds / 1_000_000_000) s")
        }
        return min(end - now, Self.longestPage)
    }

    /// Takes the next page in.
    ///
    /// - Returns: the paging state to ask for the page after it with; nil at the end.
    mutating func take(_ page: ProviderQueuePage) throws(ProviderError) -> String? {
        pages += 1
        for item in page.items where known.insert(item.zaapId).inserted { items.append(item) }
        guard page.hasMore else { return nil }
        guard let next = page.pagingState, states.insert(next).inserted else {
            throw .unreachable("its queue says that it has more, and not where")
        }
        guard pages < Self.maxPages else {
            throw .unreachable("its queue does not end after \(pages) pages of \(Self.pageSize)")
        }
        return next
    }
}
