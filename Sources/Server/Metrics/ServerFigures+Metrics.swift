import Channels
import Friends
import WebSocket

extension ServerFigures {
    /// The figures as Prometheus reads them, always in this order.
    var metrics: [Metric] {
        sessionMetrics + edgeMetrics + engineMetrics + historyMetrics + (database?.metrics ?? [])
            + (cluster?.metrics ?? []) + processMetrics
    }

    private var sessionMetrics: [Metric] {
        [
            Metric(.gauge, "nearby_connections", "WebSocket connections that are open.", loops.connections),
            Metric(.gauge, "nearby_sessions", "Sessions of users.", loops.sessions),
            Metric(.gauge, "nearby_users", "Users that this process ever heard of.", users),
            Metric(
                .gauge, "nearby_channels", "Users that sessions follow, counted on each event loop.", loops.channels),
            Metric(
                .gauge, "nearby_stranger_sessions", "Sessions that asked for strangers.", loops.strangerSessions),
            Metric(
                .gauge, "nearby_strangers_published",
                "Users that strangers may see, those of other processes that this one knows of among them.",
                loops.publishedStrangers),
            Metric(.gauge, "nearby_draining", "1 once the server has begun to stop.", isDraining ? 1 : 0),
        ]
    }

    private var edgeMetrics: [Metric] {
        let edge = loops.edge
        return [
            Metric(
                .counter, "nearby_connections_opened_total", "WebSocket connections that were opened.", edge.opened),
            Metric(
                .counter, "nearby_connections_closed_total", "WebSocket connections that were closed, by close code.",
                samples: closedSamples),
            Metric(.counter, "nearby_messages_total", "Messages received.", edge.messages),
            Metric(.counter, "nearby_frame_bytes_total", "Bytes of update frames sent.", edge.frameBytes),
            Metric(
                .counter, "nearby_errors_total", "Error messages sent, by code.",
                samples: ErrorCode.allCases.map { code in
                    Metric.Sample(
                        label: .init("code", code), value: .integer(Int64(clamping: edge.errors[code] ?? 0)))
                }),
            Metric(
                .counter, "nearby_locations_conflated_total", "Locations replaced by newer ones before their turn.",
                edge.conflated),
            Metric(
                .counter, "nearby_http_answers_total", "Answers to REST calls, by status.",
                samples: answers.map { answer in
                    Metric.Sample(
                        label: .init("status", answer.status), value: .integer(Int64(clamping: answer.count)))
                }),
        ]
    }

    private var closedSamples: [Metric.Sample] {
        let closed = loops.edge.closedByName
        return closed.named.map { item in
            Metric.Sample(
                label: .init("code", item.code.rawValue), value: .integer(Int64(clamping: item.count)))
        } + [Metric.Sample(label: .init("code", "other"), value: .integer(Int64(clamping: closed.others)))]
    }

    private var engineMetrics: [Metric] {
        let engine = loops.engine
        return [
            Metric(.counter, "nearby_locations_published_total", "Locations accepted.", engine.published),
            Metric(
                .counter, "nearby_locations_stale_total", "Locations ignored, not newer than the last one.",
                engine.stale),
            Metric(.counter, "nearby_states_applied_total", "States applied to channels.", engine.applied),
            Metric(
                .counter, "nearby_records_received_total", "Records from other event loops and threads.",
                engine.received),
            Metric(
                .counter, "nearby_deliveries_total", "Friends' states handed to sessions.", engine.deliveries),
            Metric(.counter, "nearby_departures_total", "Friends that left a session's list.", engine.departures),
            Metric(.counter, "nearby_frames_total", "Update frames.", engine.frames),
            Metric(
                .counter, "nearby_channels_expired_total", "Users that became inactive, counted on each event loop.",
                engine.expired),
        ]
    }

    private var historyMetrics: [Metric] {
        [
            Metric(.counter, "nearby_history_offered_total", "Points given to the history.", history.offered),
            Metric(.counter, "nearby_history_written_total", "Points that the stores took.", history.written),
            Metric(.counter, "nearby_history_dropped_total", "Points lost.", history.dropped),
            Metric(
                .counter, "nearby_history_withdrawn_total", "Points given up because their user wanted it.",
                history.withdrawn),
            Metric(
                .counter, "nearby_history_failed_batches_total", "Attempts to write that failed.",
                history.failedBatches),
            Metric(.gauge, "nearby_history_waiting", "Points that wait to be written.", history.waiting),
        ]
    }

    private var processMetrics: [Metric] {
        let metrics: [Metric?] = [
            Metric(
                .counter, "process_cpu_seconds_total", "Processor time, user and system, seconds.",
                process.cpuSeconds),
            process.residentBytes.map {
                Metric(.gauge, "process_resident_memory_bytes", "Memory in use, bytes.", $0)
            },
            process.openFiles.map { Metric(.gauge, "process_open_fds", "Open files.", $0) },
            Metric(.gauge, "process_max_fds", "The most open files.", process.maximumFiles),
            Metric(
                .gauge, "process_start_time_seconds", "When the server started, seconds since the Unix epoch.",
                Double(startedAt) / 1_000),
        ]
        return metrics.compactMap { $0 }
    }
}
