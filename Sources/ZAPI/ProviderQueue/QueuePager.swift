import CampaignCore
import NIOCore

/// Joins the pages of Z-API's queue; it ends, whatever Z-API replies.
struct QueuePager {
    /// Items per page (queue page, read 2026).
    static let pageSize = 30
    /// Z-API holds 1000 items; pages may be shorter than requested.
    static let maxPages = 40

    private let end: NIODeadline
    private let limits: ConnectionRules.QuestionLimits

    /// The items of the pages, each once: when one is sent between two pages, the others move up.
    private(set) var items: [ProviderQueueItem] = []
    private var known: Set<String> = []
    private var states: Set<String> = []
    private var pages = 0

    /// - Parameter limits: for one page, and for all pages together. A page that takes longer counts as lost.
    init(from start: NIODeadline, limits: ConnectionRules.QuestionLimits) {
        end = start + limits.queue
        self.limits = limits
    }

    /// How long the next page may take.
    func time(at now: NIODeadline) throws(ProviderError) -> TimeAmount {
        guard now < end else {
            throw .unreachable(
                "its queue could not be read completely within \(limits.queue.nanoseconds / 1_000_000_000) s")
        }
        return min(end - now, limits.one)
    }

    /// Adds the next page.
    ///
    /// - Returns: the paging state with which to request the next page; nil at the end.
    mutating func take(_ page: ProviderQueuePage) throws(ProviderError) -> String? {
        pages += 1
        for item in page.items where known.insert(item.zaapId).inserted { items.append(item) }
        guard page.hasMore else { return nil }
        guard let next = page.pagingState, states.insert(next).inserted else {
            throw .unreachable("its queue has more pages, but the reply does not say where to continue")
        }
        guard pages < Self.maxPages else {
            throw .unreachable("its queue has more than \(pages) pages of \(Self.pageSize)")
        }
        return next
    }
}
