import AsyncHTTPClient
package import CampaignCore
import Foundation
import NIOCore

extension ZAPIClient: ProviderQueue {
    /// A page also contains items of other programs, with the texts that they send.
    private static let largestPage = 8 << 20

    /// `POST …/queue`, page by page (queue page, read 2026).
    package func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] {
        var pager = QueuePager(from: .now(), limits: pool.rules.questions)
        var state: String?
        repeat {
            let time = try pager.time(at: .now())
            state = try pager.take(try await queuePage(after: state, of: instance, within: time))
        } while state != nil
        return pager.items.map(table.named)
    }

    /// `DELETE …/queue/{zaapId}` (queue page, read 2026): removes one item from the queue of an instance.
    ///
    /// Returns when Z-API confirms that it is gone; Z-API does not say whether it was sent at that very moment.
    package func remove(_ zaapId: String, of instance: Int) async throws(ProviderError) {
        // Without a letter or digit it may be taken for another path: that of the whole queue.
        guard CallIdentifier.id(zaapId) != nil,
            zaapId.unicodeScalars.contains(where: CharacterSet.alphanumerics.contains)
        else {
            throw .refused("“\(table.sanitized(zaapId))” is not a zaapId")
        }
        let outcome = await delete(
            ["queue", zaapId], through: instance, limits: (Self.largestReply, pool.rules.questions.one))
        guard case .reply(200, _, let bytes) = outcome else { throw table.providerError(of: outcome) }
        if let answer = try? JSONDecoder().decode(RemovalAnswer.self, from: Data(bytes)), answer.isRefusal {
            throw .refused("the item was not removed")
        }
        if let text = ZAPIBody(bytes).error { throw .refused(table.sanitized(text)) }
    }

    private func queuePage(
        after state: String?, of instance: Int, within time: TimeAmount
    ) async throws(ProviderError) -> ProviderQueuePage {
        let request = PageRequest(pageSize: QueuePager.pageSize, pagingState: state)
        guard let body = try? JSONEncoder().encode(request) else { throw .refused("the paging state is not text") }
        let outcome = await post("queue", Array(body), through: instance, limits: (Self.largestPage, time))
        guard case .reply(200, _, let bytes) = outcome else { throw table.providerError(of: outcome) }
        do {
            return try JSONDecoder().decode(ProviderQueuePage.self, from: Data(bytes))
        } catch {
            throw .unreachable("the reply is not a list of queue items")
        }
    }
}

extension VerdictTable {
    /// An item of a queue, with its ids in the form in which they may be stored and shown.
    func named(_ item: ProviderQueueItem) -> ProviderQueueItem {
        var item = item
        if let id = CallIdentifier.id(item.zaapId), CallIdentifier.kept(id) == id, !isSecret(id) {
            item.shownId = id
        } else {
            item.hasCallId = false
            let text = sanitized(item.zaapId)
            item.shownId = text.isEmpty ? "(not printable)" : text
        }
        item.messageId = isSecret(item.messageId) ? nil : item.messageId.map(CallIdentifier.kept)
        return item
    }
}

private struct PageRequest: Encodable {
    var pageSize: Int
    var pagingState: String?
}

/// `{"value": false}`.
private struct RemovalAnswer: Decodable {
    var value: Bool
    var isRefusal: Bool { !value }
}
