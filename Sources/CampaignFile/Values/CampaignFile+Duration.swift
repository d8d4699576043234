extension CampaignFile {
    /// Reads a duration of the command line, which is written as in the campaign file.
    package static func duration(_ text: String) throws(DurationText.Fault) -> Duration { try DurationText.parse(text) }
}
