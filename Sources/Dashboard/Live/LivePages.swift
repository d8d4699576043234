import CampaignCore
import Crypto
import Markup
import NIOConcurrencyHelpers
import NIOCore

/// What changes on pages, made at most once a second for everybody who sees the same.
actor LivePages {
    /// What is the same for all who see the same.
    struct Key: Hashable {
        var path: String
        var query: FormFields
        var language: Language
        var timeZone: String?
        /// A page may say whose something is.
        var user: String
        var level: DashboardLevel
    }

    struct Region: Sendable, Hashable {
        var id: String
        var html: [UInt8]

        /// What one of those who share it gets: with the token of their own forms.
        func personal(_ formToken: String, in place: [UInt8]) -> Region {
            Region(id: id, html: html.replacing(place, with: Array(formToken.utf8)))
        }
    }

    private struct Made {
        var regions: [Region]
        var at: Duration
    }

    /// Pages that are remembered: those of the last seconds.
    private static let most = 200
    private static let age = Duration.milliseconds(900)

    /// What stands for the token of somebody's forms in pages that others get, too.
    nonisolated let sharedToken: String

    private var made: [Key: Made] = [:]
    private var making: [Key: Task<[Region], any Error>] = [:]
    private let uptime: @Sendable () -> Duration

    /// - Parameter sharedToken: a text that occurs in no page by itself.
    init(sharedToken: String, uptime: @escaping @Sendable () -> Duration) {
        (self.sharedToken, self.uptime) = (sharedToken, uptime)
    }

    /// The regions of a page as they are now.
    ///
    /// - Parameter make: makes the page; at most once at a time.
    func regions(
        of key: Key, _ make: @escaping @Sendable () async throws -> Page
    ) async throws -> [Region] {
        if let known = made[key], uptime() - known.at < Self.age { return known.regions }
        if let task = making[key] { return try await task.value }
        // Not part of whoever asked first: others wait for it too.
        let task = Task { try await Self.regions(of: make()) }
        making[key] = task
        defer { making[key] = nil }
        let regions = try await task.value
        let now = uptime()
        made = made.filter { now - $0.value.at < Self.age }
        if made.count < Self.most { made[key] = Made(regions: regions, at: now) }
        return regions
    }

    private static func regions(of page: Page) -> [Region] {
        page.parts.compactMap { part in
            if case .live(let id, let html) = part { Region(id: id, html: html.bytes) } else { nil }
        }
    }
}
