import Testing

@testable import CampaignStore

extension StoreTests {
    /// When checkpoints take place.
    @Suite struct LogCheckpointTests {
        @Test(
            arguments: [
                (100 << 30, 8000), (64 << 20, 8000), (33 << 20, 4224), (1 << 20, 128), (8192, 1), (4096, 0), (0, 0),
                (-1, 0),
            ] as [(Int, Int)])
        func `on a tight disk the log never takes more than a part of what is free`(free: Int, pages: Int) {
            #expect(LogCheckpoints.maxPages(free: free) == pages)
        }
    }
}
