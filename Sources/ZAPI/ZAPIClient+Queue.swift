import AsyncHTTPClient
package import CampaignCore
import Foundation
import NIOCore

extension ZAPIClient: ProviderQueue {
    /// A page holds items of other programs too, with whatever text they send.
    private static let largestPage = 8 << 20
    /// A run does not end before: for all pages together.
    private static let longestReading = TimeAmount.seconds(12)
    private static let removalLimits: Limits = (bytes: largestReply, time: .seconds(10))

    /// `POST …/queue`, page by page (queue page, read 2026).
    package func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] {
        var reading = QueuePager(from: .now(), limit: Self.longestReading)
        var state: String?
        repeat {
            let time = try reading.time(at: .now())
            state = try reading.take(try await queuePage(after: state, of: instance, within: time))
        } while state != nil
        return reading.items.map(table.named)
    }

    /// `DELETE …/queue/{zaapId}` (queue page, read 2026): takes one item out of the queue of an instance.
    ///
    /// Returns when Z-API says that it is gone; whether it was sent in that very instant nobody is told.
    package func remove(_ zaapId: String, of instance: Int) async throws(ProviderError) {
        // Without a letter or digit it may be taken for another path: that of the whole queue.
        guard CallIdentifier.id(zaapId) != nil,
            zaapId.unicodeScalars.contains(where: CharacterSet.alphanumerics.contains)
        else {
            throw .refused("“\(table.tidy(zaapId))” is no zaapId")
        }
        let outcome = await delete(["queue", zaapId], through: instance, limits: Self.removalLimits)
        guard case .reply(200, _, let bytes) = outcome else { throw queueError(outcome) }
        if let answer = try? JSONDecoder().decode(RemovalAnswer.self, from: Data(bytes)), answer.isRefusal {
            throw .refused("the item is not removed")
        }
        if let text = ZAPIBody(bytes).error { throw .refused(table.tidy(text)) }
    }

    private func queuePage(
        after state: String?, of instance: Int, within time: TimeAmount
    ) async throws(ProviderError) -> ProviderQueuePage {
        let request = PageRequest(pageSize: QueuePager.pageSize, pagingState: state)
        guard let body = try? JSONEncoder().encode(request) else { throw .refused("the paging state is no text") }
        let outcome = await post("queue", Array(body), through: instance, limits: (Self.largestPage, time))
        guard case .reply(200, _, let bytes) = outcome else { throw queueError(outcome) }
        do {
            return try JSONDecoder().decode(ProviderQueuePage.self, from: Data(bytes))
        } catch {
            throw .unreachable("the reply is no list of what its queue holds")
        }
    }

    private func queueError(_ outcome: WireOutcome) -> ProviderError {
        let reply = table.reply(to: outcome)
        let text = [reply.httpStatus.map { "HTTP \($0)" }, reply.error].compactMap(\.self).joined(separator: ", ")
        return switch reply.verdict {
        case .throttled(let wait): .throttled(retryAfter: wait)
        case .misconfigured, .disconnected, .refused: .refused(text)
        case .accepted, .inDoubt, .notSent, .heldBack: .unreachable(text)
        }
    }
}

extension VerdictTable {
    /// An item of a queue with its ids as they may be kept and shown.
    func named(_ item: ProviderQueueItem) -> ProviderQueueItem {
        var item = item
        if let id = CallIdentifier.id(item.zaapId), CallIdentifier.kept(id) == id, !isSecret(id) {
            item.shownId = id
        } else {
            item.hasCallId = false
            let text = tidy(item.zaapId)
            item.shownId = text.isEmpty ? "that cannot be shown" : text
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
