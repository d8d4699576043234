extension CampaignFile {
    /// Reads a duration of the command line, which is written as in the campaign file.
    package static func duration(
        _ text: String, atMost longest: Duration = DurationText.longest
    ) throws(DurationText.Fault) -> Duration {
        try DurationText.parse(text, atMost: longest)
    }
}
