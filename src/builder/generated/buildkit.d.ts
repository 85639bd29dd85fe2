// Generated from proto/buildkit by scripts/generate.mjs. Do not edit.
import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

export namespace moby {

    namespace buildkit {

        namespace v1 {

            interface ISolveRequest extends moby.buildkit.v1.SolveRequest.$Properties {
            }

            class SolveRequest {
                constructor(properties?: moby.buildkit.v1.SolveRequest.$Properties);
                $unknowns?: Uint8Array[];
                ref: string;
                definition?: (pb.Definition.$Properties|null);
                exporter: string;
                exporterAttrs: { [k: string]: string };
                session: string;
                frontend: string;
                frontendAttrs: { [k: string]: string };
                cache?: (moby.buildkit.v1.CacheOptions.$Properties|null);
                entitlements: string[];
                frontendInputs: { [k: string]: pb.Definition.$Properties };
                internal: boolean;
                static encode(message: moby.buildkit.v1.SolveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.SolveRequest & moby.buildkit.v1.SolveRequest.$Shape;
            }

            namespace SolveRequest {
                interface $Properties {
                    ref?: (string|null);
                    definition?: (pb.Definition.$Properties|null);
                    exporter?: (string|null);
                    exporterAttrs?: ({ [k: string]: string }|null);
                    session?: (string|null);
                    frontend?: (string|null);
                    frontendAttrs?: ({ [k: string]: string }|null);
                    cache?: (moby.buildkit.v1.CacheOptions.$Properties|null);
                    entitlements?: (string[]|null);
                    frontendInputs?: ({ [k: string]: pb.Definition.$Properties }|null);
                    internal?: (boolean|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.SolveRequest.$Properties;
            }

            interface ICacheOptions extends moby.buildkit.v1.CacheOptions.$Properties {
            }

            class CacheOptions {
                constructor(properties?: moby.buildkit.v1.CacheOptions.$Properties);
                $unknowns?: Uint8Array[];
                exports: moby.buildkit.v1.CacheEntry.$Properties[];
                imports: moby.buildkit.v1.CacheEntry.$Properties[];
                static encode(message: moby.buildkit.v1.CacheOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.CacheOptions & moby.buildkit.v1.CacheOptions.$Shape;
            }

            namespace CacheOptions {
                interface $Properties {
                    exports?: (moby.buildkit.v1.CacheEntry.$Properties[]|null);
                    imports?: (moby.buildkit.v1.CacheEntry.$Properties[]|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.CacheOptions.$Properties;
            }

            interface ICacheEntry extends moby.buildkit.v1.CacheEntry.$Properties {
            }

            class CacheEntry {
                constructor(properties?: moby.buildkit.v1.CacheEntry.$Properties);
                $unknowns?: Uint8Array[];
                type: string;
                attrs: { [k: string]: string };
                static encode(message: moby.buildkit.v1.CacheEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.CacheEntry & moby.buildkit.v1.CacheEntry.$Shape;
            }

            namespace CacheEntry {
                interface $Properties {
                    type?: (string|null);
                    attrs?: ({ [k: string]: string }|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.CacheEntry.$Properties;
            }

            interface IPruneRequest extends moby.buildkit.v1.PruneRequest.$Properties {
            }

            class PruneRequest {
                constructor(properties?: moby.buildkit.v1.PruneRequest.$Properties);
                $unknowns?: Uint8Array[];
                filter: string[];
                static encode(message: moby.buildkit.v1.PruneRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.PruneRequest & moby.buildkit.v1.PruneRequest.$Shape;
            }

            namespace PruneRequest {
                interface $Properties {
                    filter?: (string[]|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.PruneRequest.$Properties;
            }

            interface IUsageRecord extends moby.buildkit.v1.UsageRecord.$Properties {
            }

            class UsageRecord {
                constructor(properties?: moby.buildkit.v1.UsageRecord.$Properties);
                $unknowns?: Uint8Array[];
                id: string;
                size: (number|Long);
                description: string;
                static encode(message: moby.buildkit.v1.UsageRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.UsageRecord & moby.buildkit.v1.UsageRecord.$Shape;
            }

            namespace UsageRecord {
                interface $Properties {
                    id?: (string|null);
                    size?: (number|Long|null);
                    description?: (string|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.UsageRecord.$Properties;
            }

            interface IDiskUsageRequest extends moby.buildkit.v1.DiskUsageRequest.$Properties {
            }

            class DiskUsageRequest {
                constructor(properties?: moby.buildkit.v1.DiskUsageRequest.$Properties);
                $unknowns?: Uint8Array[];
                static encode(message: moby.buildkit.v1.DiskUsageRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.DiskUsageRequest & moby.buildkit.v1.DiskUsageRequest.$Shape;
            }

            namespace DiskUsageRequest {
                interface $Properties {
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.DiskUsageRequest.$Properties;
            }

            interface IDiskUsageResponse extends moby.buildkit.v1.DiskUsageResponse.$Properties {
            }

            class DiskUsageResponse {
                constructor(properties?: moby.buildkit.v1.DiskUsageResponse.$Properties);
                $unknowns?: Uint8Array[];
                record: moby.buildkit.v1.UsageRecord.$Properties[];
                static encode(message: moby.buildkit.v1.DiskUsageResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.DiskUsageResponse & moby.buildkit.v1.DiskUsageResponse.$Shape;
            }

            namespace DiskUsageResponse {
                interface $Properties {
                    record?: (moby.buildkit.v1.UsageRecord.$Properties[]|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.DiskUsageResponse.$Properties;
            }

            interface IListWorkersRequest extends moby.buildkit.v1.ListWorkersRequest.$Properties {
            }

            class ListWorkersRequest {
                constructor(properties?: moby.buildkit.v1.ListWorkersRequest.$Properties);
                $unknowns?: Uint8Array[];
                static encode(message: moby.buildkit.v1.ListWorkersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.ListWorkersRequest & moby.buildkit.v1.ListWorkersRequest.$Shape;
            }

            namespace ListWorkersRequest {
                interface $Properties {
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.ListWorkersRequest.$Properties;
            }

            interface IListWorkersResponse extends moby.buildkit.v1.ListWorkersResponse.$Properties {
            }

            class ListWorkersResponse {
                constructor(properties?: moby.buildkit.v1.ListWorkersResponse.$Properties);
                $unknowns?: Uint8Array[];
                record: moby.buildkit.v1.WorkerRecord.$Properties[];
                static encode(message: moby.buildkit.v1.ListWorkersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.ListWorkersResponse & moby.buildkit.v1.ListWorkersResponse.$Shape;
            }

            namespace ListWorkersResponse {
                interface $Properties {
                    record?: (moby.buildkit.v1.WorkerRecord.$Properties[]|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.ListWorkersResponse.$Properties;
            }

            interface IWorkerRecord extends moby.buildkit.v1.WorkerRecord.$Properties {
            }

            class WorkerRecord {
                constructor(properties?: moby.buildkit.v1.WorkerRecord.$Properties);
                $unknowns?: Uint8Array[];
                labels: { [k: string]: string };
                static encode(message: moby.buildkit.v1.WorkerRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.WorkerRecord & moby.buildkit.v1.WorkerRecord.$Shape;
            }

            namespace WorkerRecord {
                interface $Properties {
                    labels?: ({ [k: string]: string }|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.WorkerRecord.$Properties;
            }

            interface ISolveResponse extends moby.buildkit.v1.SolveResponse.$Properties {
            }

            class SolveResponse {
                constructor(properties?: moby.buildkit.v1.SolveResponse.$Properties);
                $unknowns?: Uint8Array[];
                exporterResponse: { [k: string]: string };
                static encode(message: moby.buildkit.v1.SolveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.SolveResponse & moby.buildkit.v1.SolveResponse.$Shape;
            }

            namespace SolveResponse {
                interface $Properties {
                    exporterResponse?: ({ [k: string]: string }|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.SolveResponse.$Properties;
            }

            interface IStatusRequest extends moby.buildkit.v1.StatusRequest.$Properties {
            }

            class StatusRequest {
                constructor(properties?: moby.buildkit.v1.StatusRequest.$Properties);
                $unknowns?: Uint8Array[];
                ref: string;
                static encode(message: moby.buildkit.v1.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.StatusRequest & moby.buildkit.v1.StatusRequest.$Shape;
            }

            namespace StatusRequest {
                interface $Properties {
                    ref?: (string|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.StatusRequest.$Properties;
            }

            interface IStatusResponse extends moby.buildkit.v1.StatusResponse.$Properties {
            }

            class StatusResponse {
                constructor(properties?: moby.buildkit.v1.StatusResponse.$Properties);
                $unknowns?: Uint8Array[];
                vertexes: moby.buildkit.v1.Vertex.$Properties[];
                statuses: moby.buildkit.v1.VertexStatus.$Properties[];
                logs: moby.buildkit.v1.VertexLog.$Properties[];
                warnings: moby.buildkit.v1.VertexWarning.$Properties[];
                static encode(message: moby.buildkit.v1.StatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.StatusResponse & moby.buildkit.v1.StatusResponse.$Shape;
            }

            namespace StatusResponse {
                interface $Properties {
                    vertexes?: (moby.buildkit.v1.Vertex.$Properties[]|null);
                    statuses?: (moby.buildkit.v1.VertexStatus.$Properties[]|null);
                    logs?: (moby.buildkit.v1.VertexLog.$Properties[]|null);
                    warnings?: (moby.buildkit.v1.VertexWarning.$Properties[]|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.StatusResponse.$Properties;
            }

            interface IVertex extends moby.buildkit.v1.Vertex.$Properties {
            }

            class Vertex {
                constructor(properties?: moby.buildkit.v1.Vertex.$Properties);
                $unknowns?: Uint8Array[];
                digest: string;
                name: Uint8Array;
                cached: boolean;
                started?: (google.protobuf.Timestamp.$Properties|null);
                completed?: (google.protobuf.Timestamp.$Properties|null);
                error: Uint8Array;
                static encode(message: moby.buildkit.v1.Vertex.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.Vertex & moby.buildkit.v1.Vertex.$Shape;
            }

            namespace Vertex {
                interface $Properties {
                    digest?: (string|null);
                    name?: (Uint8Array|null);
                    cached?: (boolean|null);
                    started?: (google.protobuf.Timestamp.$Properties|null);
                    completed?: (google.protobuf.Timestamp.$Properties|null);
                    error?: (Uint8Array|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.Vertex.$Properties;
            }

            interface IVertexStatus extends moby.buildkit.v1.VertexStatus.$Properties {
            }

            class VertexStatus {
                constructor(properties?: moby.buildkit.v1.VertexStatus.$Properties);
                $unknowns?: Uint8Array[];
                id: Uint8Array;
                vertex: string;
                current: (number|Long);
                total: (number|Long);
                started?: (google.protobuf.Timestamp.$Properties|null);
                completed?: (google.protobuf.Timestamp.$Properties|null);
                static encode(message: moby.buildkit.v1.VertexStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.VertexStatus & moby.buildkit.v1.VertexStatus.$Shape;
            }

            namespace VertexStatus {
                interface $Properties {
                    id?: (Uint8Array|null);
                    vertex?: (string|null);
                    current?: (number|Long|null);
                    total?: (number|Long|null);
                    started?: (google.protobuf.Timestamp.$Properties|null);
                    completed?: (google.protobuf.Timestamp.$Properties|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.VertexStatus.$Properties;
            }

            interface IVertexLog extends moby.buildkit.v1.VertexLog.$Properties {
            }

            class VertexLog {
                constructor(properties?: moby.buildkit.v1.VertexLog.$Properties);
                $unknowns?: Uint8Array[];
                vertex: string;
                timestamp?: (google.protobuf.Timestamp.$Properties|null);
                stream: (number|Long);
                msg: Uint8Array;
                static encode(message: moby.buildkit.v1.VertexLog.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.VertexLog & moby.buildkit.v1.VertexLog.$Shape;
            }

            namespace VertexLog {
                interface $Properties {
                    vertex?: (string|null);
                    timestamp?: (google.protobuf.Timestamp.$Properties|null);
                    stream?: (number|Long|null);
                    msg?: (Uint8Array|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.VertexLog.$Properties;
            }

            interface IVertexWarning extends moby.buildkit.v1.VertexWarning.$Properties {
            }

            class VertexWarning {
                constructor(properties?: moby.buildkit.v1.VertexWarning.$Properties);
                $unknowns?: Uint8Array[];
                vertex: string;
                short: Uint8Array;
                detail: Uint8Array[];
                url: string;
                ranges: pb.Range.$Properties[];
                static encode(message: moby.buildkit.v1.VertexWarning.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.VertexWarning & moby.buildkit.v1.VertexWarning.$Shape;
            }

            namespace VertexWarning {
                interface $Properties {
                    vertex?: (string|null);
                    short?: (Uint8Array|null);
                    detail?: (Uint8Array[]|null);
                    url?: (string|null);
                    ranges?: (pb.Range.$Properties[]|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.VertexWarning.$Properties;
            }

            interface IBytesMessage extends moby.buildkit.v1.BytesMessage.$Properties {
            }

            class BytesMessage {
                constructor(properties?: moby.buildkit.v1.BytesMessage.$Properties);
                $unknowns?: Uint8Array[];
                data: Uint8Array;
                static encode(message: moby.buildkit.v1.BytesMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.BytesMessage & moby.buildkit.v1.BytesMessage.$Shape;
            }

            namespace BytesMessage {
                interface $Properties {
                    data?: (Uint8Array|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.BytesMessage.$Properties;
            }

            interface IInfoRequest extends moby.buildkit.v1.InfoRequest.$Properties {
            }

            class InfoRequest {
                constructor(properties?: moby.buildkit.v1.InfoRequest.$Properties);
                $unknowns?: Uint8Array[];
                static encode(message: moby.buildkit.v1.InfoRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.InfoRequest & moby.buildkit.v1.InfoRequest.$Shape;
            }

            namespace InfoRequest {
                interface $Properties {
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.InfoRequest.$Properties;
            }

            interface IInfoResponse extends moby.buildkit.v1.InfoResponse.$Properties {
            }

            class InfoResponse {
                constructor(properties?: moby.buildkit.v1.InfoResponse.$Properties);
                $unknowns?: Uint8Array[];
                buildkitVersion?: (moby.buildkit.v1.BuildkitVersion.$Properties|null);
                static encode(message: moby.buildkit.v1.InfoResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.InfoResponse & moby.buildkit.v1.InfoResponse.$Shape;
            }

            namespace InfoResponse {
                interface $Properties {
                    buildkitVersion?: (moby.buildkit.v1.BuildkitVersion.$Properties|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.InfoResponse.$Properties;
            }

            interface IBuildkitVersion extends moby.buildkit.v1.BuildkitVersion.$Properties {
            }

            class BuildkitVersion {
                constructor(properties?: moby.buildkit.v1.BuildkitVersion.$Properties);
                $unknowns?: Uint8Array[];
                version: string;
                static encode(message: moby.buildkit.v1.BuildkitVersion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): moby.buildkit.v1.BuildkitVersion & moby.buildkit.v1.BuildkitVersion.$Shape;
            }

            namespace BuildkitVersion {
                interface $Properties {
                    version?: (string|null);
                    $unknowns?: Uint8Array[];
                }
                type $Shape = moby.buildkit.v1.BuildkitVersion.$Properties;
            }
        }
    }
}

export namespace pb {

    interface IOp extends pb.Op.$Properties {
    }

    class Op {
        constructor(properties?: pb.Op.$Properties);
        $unknowns?: Uint8Array[];
        inputs: pb.Input.$Properties[];
        source?: (pb.SourceOp.$Properties|null);
        file?: (pb.FileOp.$Properties|null);
        op?: ("source"|"file");
        static encode(message: pb.Op.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.Op & pb.Op.$Shape;
    }

    namespace Op {
        interface $Properties {
            inputs?: (pb.Input.$Properties[]|null);
            source?: (pb.SourceOp.$Properties|null);
            file?: (pb.FileOp.$Properties|null);
            op?: ("source"|"file");
            $unknowns?: Uint8Array[];
        }
        type $Shape = {
          inputs?: pb.Input.$Shape[]|null;
          source?: pb.SourceOp.$Shape|null;
          file?: pb.FileOp.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ op?: undefined; source?: null; file?: null }|{ op?: "source"; source: pb.SourceOp.$Shape; file?: null }|{ op?: "file"; source?: null; file: pb.FileOp.$Shape })
        );
    }

    interface IInput extends pb.Input.$Properties {
    }

    class Input {
        constructor(properties?: pb.Input.$Properties);
        $unknowns?: Uint8Array[];
        digest: string;
        index: (number|Long);
        static encode(message: pb.Input.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.Input & pb.Input.$Shape;
    }

    namespace Input {
        interface $Properties {
            digest?: (string|null);
            index?: (number|Long|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.Input.$Properties;
    }

    interface ISourceOp extends pb.SourceOp.$Properties {
    }

    class SourceOp {
        constructor(properties?: pb.SourceOp.$Properties);
        $unknowns?: Uint8Array[];
        identifier: string;
        attrs: { [k: string]: string };
        static encode(message: pb.SourceOp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.SourceOp & pb.SourceOp.$Shape;
    }

    namespace SourceOp {
        interface $Properties {
            identifier?: (string|null);
            attrs?: ({ [k: string]: string }|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.SourceOp.$Properties;
    }

    interface IFileOp extends pb.FileOp.$Properties {
    }

    class FileOp {
        constructor(properties?: pb.FileOp.$Properties);
        $unknowns?: Uint8Array[];
        actions: pb.FileAction.$Properties[];
        static encode(message: pb.FileOp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.FileOp & pb.FileOp.$Shape;
    }

    namespace FileOp {
        interface $Properties {
            actions?: (pb.FileAction.$Properties[]|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = {
          actions?: pb.FileAction.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    interface IFileAction extends pb.FileAction.$Properties {
    }

    class FileAction {
        constructor(properties?: pb.FileAction.$Properties);
        $unknowns?: Uint8Array[];
        input: (number|Long);
        secondaryInput: (number|Long);
        output: (number|Long);
        mkfile?: (pb.FileActionMkFile.$Properties|null);
        action?: "mkfile";
        static encode(message: pb.FileAction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.FileAction & pb.FileAction.$Shape;
    }

    namespace FileAction {
        interface $Properties {
            input?: (number|Long|null);
            secondaryInput?: (number|Long|null);
            output?: (number|Long|null);
            mkfile?: (pb.FileActionMkFile.$Properties|null);
            action?: "mkfile";
            $unknowns?: Uint8Array[];
        }
        type $Shape = {
          input?: number|Long|null;
          secondaryInput?: number|Long|null;
          output?: number|Long|null;
          mkfile?: pb.FileActionMkFile.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ action?: undefined; mkfile?: null }|{ action?: "mkfile"; mkfile: pb.FileActionMkFile.$Shape })
        );
    }

    interface IFileActionMkFile extends pb.FileActionMkFile.$Properties {
    }

    class FileActionMkFile {
        constructor(properties?: pb.FileActionMkFile.$Properties);
        $unknowns?: Uint8Array[];
        path: string;
        mode: number;
        data: Uint8Array;
        timestamp: (number|Long);
        static encode(message: pb.FileActionMkFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.FileActionMkFile & pb.FileActionMkFile.$Shape;
    }

    namespace FileActionMkFile {
        interface $Properties {
            path?: (string|null);
            mode?: (number|null);
            data?: (Uint8Array|null);
            timestamp?: (number|Long|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.FileActionMkFile.$Properties;
    }

    interface IOpMetadata extends pb.OpMetadata.$Properties {
    }

    class OpMetadata {
        constructor(properties?: pb.OpMetadata.$Properties);
        $unknowns?: Uint8Array[];
        description: { [k: string]: string };
        caps: { [k: string]: boolean };
        static encode(message: pb.OpMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.OpMetadata & pb.OpMetadata.$Shape;
    }

    namespace OpMetadata {
        interface $Properties {
            description?: ({ [k: string]: string }|null);
            caps?: ({ [k: string]: boolean }|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.OpMetadata.$Properties;
    }

    interface IDefinition extends pb.Definition.$Properties {
    }

    class Definition {
        constructor(properties?: pb.Definition.$Properties);
        $unknowns?: Uint8Array[];
        def: Uint8Array[];
        metadata: { [k: string]: pb.OpMetadata.$Properties };
        static encode(message: pb.Definition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.Definition & pb.Definition.$Shape;
    }

    namespace Definition {
        interface $Properties {
            def?: (Uint8Array[]|null);
            metadata?: ({ [k: string]: pb.OpMetadata.$Properties }|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.Definition.$Properties;
    }

    interface IRange extends pb.Range.$Properties {
    }

    class Range {
        constructor(properties?: pb.Range.$Properties);
        $unknowns?: Uint8Array[];
        start?: (pb.Position.$Properties|null);
        end?: (pb.Position.$Properties|null);
        static encode(message: pb.Range.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.Range & pb.Range.$Shape;
    }

    namespace Range {
        interface $Properties {
            start?: (pb.Position.$Properties|null);
            end?: (pb.Position.$Properties|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.Range.$Properties;
    }

    interface IPosition extends pb.Position.$Properties {
    }

    class Position {
        constructor(properties?: pb.Position.$Properties);
        $unknowns?: Uint8Array[];
        line: number;
        static encode(message: pb.Position.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pb.Position & pb.Position.$Shape;
    }

    namespace Position {
        interface $Properties {
            line?: (number|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = pb.Position.$Properties;
    }
}

export namespace google {

    namespace protobuf {

        interface ITimestamp extends google.protobuf.Timestamp.$Properties {
        }

        class Timestamp {
            constructor(properties?: google.protobuf.Timestamp.$Properties);
            $unknowns?: Uint8Array[];
            seconds: (number|Long);
            nanos: number;
            static encode(message: google.protobuf.Timestamp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;
        }

        namespace Timestamp {
            interface $Properties {
                seconds?: (number|Long|null);
                nanos?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = google.protobuf.Timestamp.$Properties;
        }
    }

    namespace rpc {

        interface IStatus extends google.rpc.Status.$Properties {
        }

        class Status {
            constructor(properties?: google.rpc.Status.$Properties);
            $unknowns?: Uint8Array[];
            code: number;
            message: Uint8Array;
            details: google.rpc.Any.$Properties[];
            static encode(message: google.rpc.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.Status & google.rpc.Status.$Shape;
        }

        namespace Status {
            interface $Properties {
                code?: (number|null);
                message?: (Uint8Array|null);
                details?: (google.rpc.Any.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = google.rpc.Status.$Properties;
        }

        interface IAny extends google.rpc.Any.$Properties {
        }

        class Any {
            constructor(properties?: google.rpc.Any.$Properties);
            $unknowns?: Uint8Array[];
            typeUrl: string;
            value: Uint8Array;
            static encode(message: google.rpc.Any.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.Any & google.rpc.Any.$Shape;
        }

        namespace Any {
            interface $Properties {
                typeUrl?: (string|null);
                value?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = google.rpc.Any.$Properties;
        }
    }
}

export namespace fsutil {

    interface IPacket extends fsutil.Packet.$Properties {
    }

    class Packet {
        constructor(properties?: fsutil.Packet.$Properties);
        $unknowns?: Uint8Array[];
        type: fsutil.Packet.Type;
        stat?: (fsutil.Stat.$Properties|null);
        id: number;
        data: Uint8Array;
        static encode(message: fsutil.Packet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): fsutil.Packet & fsutil.Packet.$Shape;
    }

    namespace Packet {
        interface $Properties {
            type?: (fsutil.Packet.Type|null);
            stat?: (fsutil.Stat.$Properties|null);
            id?: (number|null);
            data?: (Uint8Array|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = fsutil.Packet.$Properties;

        enum Type {
            STAT = 0,
            REQ = 1,
            DATA = 2,
            FIN = 3,
            ERR = 4
        }
    }

    interface IStat extends fsutil.Stat.$Properties {
    }

    class Stat {
        constructor(properties?: fsutil.Stat.$Properties);
        $unknowns?: Uint8Array[];
        path: Uint8Array;
        mode: number;
        uid: number;
        gid: number;
        size: (number|Long);
        modTime: (number|Long);
        linkname: Uint8Array;
        static encode(message: fsutil.Stat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): fsutil.Stat & fsutil.Stat.$Shape;
    }

    namespace Stat {
        interface $Properties {
            path?: (Uint8Array|null);
            mode?: (number|null);
            uid?: (number|null);
            gid?: (number|null);
            size?: (number|Long|null);
            modTime?: (number|Long|null);
            linkname?: (Uint8Array|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = fsutil.Stat.$Properties;
    }
}

export namespace session {

    interface IHealthCheckResponse extends session.HealthCheckResponse.$Properties {
    }

    class HealthCheckResponse {
        constructor(properties?: session.HealthCheckResponse.$Properties);
        $unknowns?: Uint8Array[];
        status: session.HealthCheckResponse.ServingStatus;
        static encode(message: session.HealthCheckResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): session.HealthCheckResponse & session.HealthCheckResponse.$Shape;
    }

    namespace HealthCheckResponse {
        interface $Properties {
            status?: (session.HealthCheckResponse.ServingStatus|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = session.HealthCheckResponse.$Properties;

        enum ServingStatus {
            UNKNOWN = 0,
            SERVING = 1
        }
    }

    interface ICredentialsRequest extends session.CredentialsRequest.$Properties {
    }

    class CredentialsRequest {
        constructor(properties?: session.CredentialsRequest.$Properties);
        $unknowns?: Uint8Array[];
        host: string;
        static encode(message: session.CredentialsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): session.CredentialsRequest & session.CredentialsRequest.$Shape;
    }

    namespace CredentialsRequest {
        interface $Properties {
            host?: (string|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = session.CredentialsRequest.$Properties;
    }

    interface ICredentialsResponse extends session.CredentialsResponse.$Properties {
    }

    class CredentialsResponse {
        constructor(properties?: session.CredentialsResponse.$Properties);
        $unknowns?: Uint8Array[];
        username: string;
        secret: string;
        static encode(message: session.CredentialsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): session.CredentialsResponse & session.CredentialsResponse.$Shape;
    }

    namespace CredentialsResponse {
        interface $Properties {
            username?: (string|null);
            secret?: (string|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = session.CredentialsResponse.$Properties;
    }

    interface IGetSecretRequest extends session.GetSecretRequest.$Properties {
    }

    class GetSecretRequest {
        constructor(properties?: session.GetSecretRequest.$Properties);
        $unknowns?: Uint8Array[];
        id: string;
        static encode(message: session.GetSecretRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): session.GetSecretRequest & session.GetSecretRequest.$Shape;
    }

    namespace GetSecretRequest {
        interface $Properties {
            id?: (string|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = session.GetSecretRequest.$Properties;
    }

    interface IGetSecretResponse extends session.GetSecretResponse.$Properties {
    }

    class GetSecretResponse {
        constructor(properties?: session.GetSecretResponse.$Properties);
        $unknowns?: Uint8Array[];
        data: Uint8Array;
        static encode(message: session.GetSecretResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): session.GetSecretResponse & session.GetSecretResponse.$Shape;
    }

    namespace GetSecretResponse {
        interface $Properties {
            data?: (Uint8Array|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = session.GetSecretResponse.$Properties;
    }

    interface ICheckAgentRequest extends session.CheckAgentRequest.$Properties {
    }

    class CheckAgentRequest {
        constructor(properties?: session.CheckAgentRequest.$Properties);
        $unknowns?: Uint8Array[];
        id: string;
        static encode(message: session.CheckAgentRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): session.CheckAgentRequest & session.CheckAgentRequest.$Shape;
    }

    namespace CheckAgentRequest {
        interface $Properties {
            id?: (string|null);
            $unknowns?: Uint8Array[];
        }
        type $Shape = session.CheckAgentRequest.$Properties;
    }
}
