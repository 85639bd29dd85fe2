// Generated from proto/presync/v1 by scripts/generate.mjs. Do not edit.
import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

export namespace presync {

    namespace v1 {

        interface IEnvelope extends presync.v1.Envelope.$Properties {
        }

        class Envelope {
            constructor(properties?: presync.v1.Envelope.$Properties);
            $unknowns?: Uint8Array[];
            id: number;
            hello?: (presync.v1.Hello.$Properties|null);
            open?: (presync.v1.OpenContext.$Properties|null);
            opened?: (presync.v1.ContextOpened.$Properties|null);
            push?: (presync.v1.Push.$Properties|null);
            changes?: (presync.v1.Changes.$Properties|null);
            need?: (presync.v1.Need.$Properties|null);
            chunks?: (presync.v1.Chunks.$Properties|null);
            committed?: (presync.v1.Committed.$Properties|null);
            state?: (presync.v1.ContextState.$Properties|null);
            build?: (presync.v1.Build.$Properties|null);
            events?: (presync.v1.BuildEvents.$Properties|null);
            done?: (presync.v1.BuildDone.$Properties|null);
            cancel?: (presync.v1.Cancel.$Properties|null);
            barrier?: (presync.v1.Barrier.$Properties|null);
            reached?: (presync.v1.BarrierReached.$Properties|null);
            error?: (presync.v1.Error.$Properties|null);
            release?: (presync.v1.Release.$Properties|null);
            proof?: (presync.v1.Proof.$Properties|null);
            ask?: (presync.v1.Ask.$Properties|null);
            answer?: (presync.v1.Answer.$Properties|null);
            streamData?: (presync.v1.StreamData.$Properties|null);
            streamEnd?: (presync.v1.StreamEnd.$Properties|null);
            streamCredit?: (presync.v1.StreamCredit.$Properties|null);
            packed?: (presync.v1.Packed.$Properties|null);
            compare?: (presync.v1.Compare.$Properties|null);
            compared?: (presync.v1.Compared.$Properties|null);
            ahead?: (presync.v1.Ahead.$Properties|null);
            body?: ("hello"|"open"|"opened"|"push"|"changes"|"need"|"chunks"|"committed"|"state"|"build"|"events"|"done"|"cancel"|"barrier"|"reached"|"error"|"release"|"proof"|"ask"|"answer"|"streamData"|"streamEnd"|"streamCredit"|"packed"|"compare"|"compared"|"ahead");
            static encode(message: presync.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Envelope & presync.v1.Envelope.$Shape;
        }

        namespace Envelope {
            interface $Properties {
                id?: (number|null);
                hello?: (presync.v1.Hello.$Properties|null);
                open?: (presync.v1.OpenContext.$Properties|null);
                opened?: (presync.v1.ContextOpened.$Properties|null);
                push?: (presync.v1.Push.$Properties|null);
                changes?: (presync.v1.Changes.$Properties|null);
                need?: (presync.v1.Need.$Properties|null);
                chunks?: (presync.v1.Chunks.$Properties|null);
                committed?: (presync.v1.Committed.$Properties|null);
                state?: (presync.v1.ContextState.$Properties|null);
                build?: (presync.v1.Build.$Properties|null);
                events?: (presync.v1.BuildEvents.$Properties|null);
                done?: (presync.v1.BuildDone.$Properties|null);
                cancel?: (presync.v1.Cancel.$Properties|null);
                barrier?: (presync.v1.Barrier.$Properties|null);
                reached?: (presync.v1.BarrierReached.$Properties|null);
                error?: (presync.v1.Error.$Properties|null);
                release?: (presync.v1.Release.$Properties|null);
                proof?: (presync.v1.Proof.$Properties|null);
                ask?: (presync.v1.Ask.$Properties|null);
                answer?: (presync.v1.Answer.$Properties|null);
                streamData?: (presync.v1.StreamData.$Properties|null);
                streamEnd?: (presync.v1.StreamEnd.$Properties|null);
                streamCredit?: (presync.v1.StreamCredit.$Properties|null);
                packed?: (presync.v1.Packed.$Properties|null);
                compare?: (presync.v1.Compare.$Properties|null);
                compared?: (presync.v1.Compared.$Properties|null);
                ahead?: (presync.v1.Ahead.$Properties|null);
                body?: ("hello"|"open"|"opened"|"push"|"changes"|"need"|"chunks"|"committed"|"state"|"build"|"events"|"done"|"cancel"|"barrier"|"reached"|"error"|"release"|"proof"|"ask"|"answer"|"streamData"|"streamEnd"|"streamCredit"|"packed"|"compare"|"compared"|"ahead");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              id?: number|null;
              hello?: presync.v1.Hello.$Shape|null;
              open?: presync.v1.OpenContext.$Shape|null;
              opened?: presync.v1.ContextOpened.$Shape|null;
              push?: presync.v1.Push.$Shape|null;
              changes?: presync.v1.Changes.$Shape|null;
              need?: presync.v1.Need.$Shape|null;
              chunks?: presync.v1.Chunks.$Shape|null;
              committed?: presync.v1.Committed.$Shape|null;
              state?: presync.v1.ContextState.$Shape|null;
              build?: presync.v1.Build.$Shape|null;
              events?: presync.v1.BuildEvents.$Shape|null;
              done?: presync.v1.BuildDone.$Shape|null;
              cancel?: presync.v1.Cancel.$Shape|null;
              barrier?: presync.v1.Barrier.$Shape|null;
              reached?: presync.v1.BarrierReached.$Shape|null;
              error?: presync.v1.Error.$Shape|null;
              release?: presync.v1.Release.$Shape|null;
              proof?: presync.v1.Proof.$Shape|null;
              ask?: presync.v1.Ask.$Shape|null;
              answer?: presync.v1.Answer.$Shape|null;
              streamData?: presync.v1.StreamData.$Shape|null;
              streamEnd?: presync.v1.StreamEnd.$Shape|null;
              streamCredit?: presync.v1.StreamCredit.$Shape|null;
              packed?: presync.v1.Packed.$Shape|null;
              compare?: presync.v1.Compare.$Shape|null;
              compared?: presync.v1.Compared.$Shape|null;
              ahead?: presync.v1.Ahead.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "hello"; hello: presync.v1.Hello.$Shape; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "open"; hello?: null; open: presync.v1.OpenContext.$Shape; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "opened"; hello?: null; open?: null; opened: presync.v1.ContextOpened.$Shape; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "push"; hello?: null; open?: null; opened?: null; push: presync.v1.Push.$Shape; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "changes"; hello?: null; open?: null; opened?: null; push?: null; changes: presync.v1.Changes.$Shape; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "need"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need: presync.v1.Need.$Shape; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "chunks"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks: presync.v1.Chunks.$Shape; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "committed"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed: presync.v1.Committed.$Shape; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "state"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state: presync.v1.ContextState.$Shape; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "build"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build: presync.v1.Build.$Shape; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "events"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events: presync.v1.BuildEvents.$Shape; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "done"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done: presync.v1.BuildDone.$Shape; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "cancel"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel: presync.v1.Cancel.$Shape; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "barrier"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier: presync.v1.Barrier.$Shape; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "reached"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached: presync.v1.BarrierReached.$Shape; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "error"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error: presync.v1.Error.$Shape; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "release"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release: presync.v1.Release.$Shape; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "proof"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof: presync.v1.Proof.$Shape; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "ask"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask: presync.v1.Ask.$Shape; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "answer"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer: presync.v1.Answer.$Shape; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "streamData"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData: presync.v1.StreamData.$Shape; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "streamEnd"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd: presync.v1.StreamEnd.$Shape; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "streamCredit"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit: presync.v1.StreamCredit.$Shape; packed?: null; compare?: null; compared?: null; ahead?: null }|{ body?: "packed"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed: presync.v1.Packed.$Shape; compare?: null; compared?: null; ahead?: null }|{ body?: "compare"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare: presync.v1.Compare.$Shape; compared?: null; ahead?: null }|{ body?: "compared"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared: presync.v1.Compared.$Shape; ahead?: null }|{ body?: "ahead"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null; release?: null; proof?: null; ask?: null; answer?: null; streamData?: null; streamEnd?: null; streamCredit?: null; packed?: null; compare?: null; compared?: null; ahead: presync.v1.Ahead.$Shape })
            );
        }

        interface IPacked extends presync.v1.Packed.$Properties {
        }

        class Packed {
            constructor(properties?: presync.v1.Packed.$Properties);
            $unknowns?: Uint8Array[];
            codec: presync.v1.Codec;
            size: number;
            data: Uint8Array;
            static encode(message: presync.v1.Packed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Packed & presync.v1.Packed.$Shape;
        }

        namespace Packed {
            interface $Properties {
                codec?: (presync.v1.Codec|null);
                size?: (number|null);
                data?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Packed.$Properties;
        }

        interface IHello extends presync.v1.Hello.$Properties {
        }

        class Hello {
            constructor(properties?: presync.v1.Hello.$Properties);
            $unknowns?: Uint8Array[];
            versions: number[];
            program: string;
            features: string[];
            codecs: presync.v1.Codec[];
            static encode(message: presync.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Hello & presync.v1.Hello.$Shape;
        }

        namespace Hello {
            interface $Properties {
                versions?: (number[]|null);
                program?: (string|null);
                features?: (string[]|null);
                codecs?: (presync.v1.Codec[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Hello.$Properties;
        }

        enum Codec {
            CODEC_NONE = 0,
            CODEC_DEFLATE = 1,
            CODEC_ZSTD = 2
        }

        enum Role {
            ROLE_GUEST = 0,
            ROLE_OWNER = 1
        }

        interface IOpenContext extends presync.v1.OpenContext.$Properties {
        }

        class OpenContext {
            constructor(properties?: presync.v1.OpenContext.$Properties);
            $unknowns?: Uint8Array[];
            context: Uint8Array;
            label: Uint8Array;
            role: presync.v1.Role;
            nonce: Uint8Array;
            engine?: (presync.v1.Engine.$Properties|null);
            speculate: boolean;
            static encode(message: presync.v1.OpenContext.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.OpenContext & presync.v1.OpenContext.$Shape;
        }

        namespace OpenContext {
            interface $Properties {
                context?: (Uint8Array|null);
                label?: (Uint8Array|null);
                role?: (presync.v1.Role|null);
                nonce?: (Uint8Array|null);
                engine?: (presync.v1.Engine.$Properties|null);
                speculate?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.OpenContext.$Properties;
        }

        interface IEngine extends presync.v1.Engine.$Properties {
        }

        class Engine {
            constructor(properties?: presync.v1.Engine.$Properties);
            $unknowns?: Uint8Array[];
            spec: string;
            environment: { [k: string]: string };
            static encode(message: presync.v1.Engine.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Engine & presync.v1.Engine.$Shape;
        }

        namespace Engine {
            interface $Properties {
                spec?: (string|null);
                environment?: ({ [k: string]: string }|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Engine.$Properties;
        }

        interface IContextOpened extends presync.v1.ContextOpened.$Properties {
        }

        class ContextOpened {
            constructor(properties?: presync.v1.ContextOpened.$Properties);
            $unknowns?: Uint8Array[];
            snapshot: Uint8Array;
            ownership: presync.v1.Ownership;
            unfinished: Uint8Array;
            static encode(message: presync.v1.ContextOpened.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.ContextOpened & presync.v1.ContextOpened.$Shape;
        }

        namespace ContextOpened {
            interface $Properties {
                snapshot?: (Uint8Array|null);
                ownership?: (presync.v1.Ownership|null);
                unfinished?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.ContextOpened.$Properties;
        }

        enum Ownership {
            OWNERSHIP_NONE = 0,
            OWNERSHIP_YOURS = 1,
            OWNERSHIP_OTHER = 2
        }

        interface IPush extends presync.v1.Push.$Properties {
        }

        class Push {
            constructor(properties?: presync.v1.Push.$Properties);
            $unknowns?: Uint8Array[];
            context: Uint8Array;
            base: Uint8Array;
            target: Uint8Array;
            asOf: (number|Long);
            problems: number;
            compare: boolean;
            static encode(message: presync.v1.Push.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Push & presync.v1.Push.$Shape;
        }

        namespace Push {
            interface $Properties {
                context?: (Uint8Array|null);
                base?: (Uint8Array|null);
                target?: (Uint8Array|null);
                asOf?: (number|Long|null);
                problems?: (number|null);
                compare?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Push.$Properties;
        }

        interface ICompare extends presync.v1.Compare.$Properties {
        }

        class Compare {
            constructor(properties?: presync.v1.Compare.$Properties);
            $unknowns?: Uint8Array[];
            folders: presync.v1.Folder.$Properties[];
            static encode(message: presync.v1.Compare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Compare & presync.v1.Compare.$Shape;
        }

        namespace Compare {
            interface $Properties {
                folders?: (presync.v1.Folder.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Compare.$Properties;
        }

        interface IFolder extends presync.v1.Folder.$Properties {
        }

        class Folder {
            constructor(properties?: presync.v1.Folder.$Properties);
            $unknowns?: Uint8Array[];
            path: Uint8Array;
            digest: Uint8Array;
            static encode(message: presync.v1.Folder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Folder & presync.v1.Folder.$Shape;
        }

        namespace Folder {
            interface $Properties {
                path?: (Uint8Array|null);
                digest?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Folder.$Properties;
        }

        interface ICompared extends presync.v1.Compared.$Properties {
        }

        class Compared {
            constructor(properties?: presync.v1.Compared.$Properties);
            $unknowns?: Uint8Array[];
            same: Uint8Array;
            static encode(message: presync.v1.Compared.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Compared & presync.v1.Compared.$Shape;
        }

        namespace Compared {
            interface $Properties {
                same?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Compared.$Properties;
        }

        interface IChanges extends presync.v1.Changes.$Properties {
        }

        class Changes {
            constructor(properties?: presync.v1.Changes.$Properties);
            $unknowns?: Uint8Array[];
            changes: presync.v1.Change.$Properties[];
            inline: presync.v1.Chunk.$Properties[];
            last: boolean;
            static encode(message: presync.v1.Changes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Changes & presync.v1.Changes.$Shape;
        }

        namespace Changes {
            interface $Properties {
                changes?: (presync.v1.Change.$Properties[]|null);
                inline?: (presync.v1.Chunk.$Properties[]|null);
                last?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              changes?: presync.v1.Change.$Shape[]|null;
              inline?: presync.v1.Chunk.$Shape[]|null;
              last?: boolean|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface IChange extends presync.v1.Change.$Properties {
        }

        class Change {
            constructor(properties?: presync.v1.Change.$Properties);
            $unknowns?: Uint8Array[];
            path: Uint8Array;
            file?: (presync.v1.File.$Properties|null);
            directory?: (presync.v1.Directory.$Properties|null);
            symlink?: (presync.v1.Symlink.$Properties|null);
            removed?: (presync.v1.Removed.$Properties|null);
            kind?: ("file"|"directory"|"symlink"|"removed");
            static encode(message: presync.v1.Change.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Change & presync.v1.Change.$Shape;
        }

        namespace Change {
            interface $Properties {
                path?: (Uint8Array|null);
                file?: (presync.v1.File.$Properties|null);
                directory?: (presync.v1.Directory.$Properties|null);
                symlink?: (presync.v1.Symlink.$Properties|null);
                removed?: (presync.v1.Removed.$Properties|null);
                kind?: ("file"|"directory"|"symlink"|"removed");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              path?: Uint8Array|null;
              file?: presync.v1.File.$Shape|null;
              directory?: presync.v1.Directory.$Shape|null;
              symlink?: presync.v1.Symlink.$Shape|null;
              removed?: presync.v1.Removed.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; file?: null; directory?: null; symlink?: null; removed?: null }|{ kind?: "file"; file: presync.v1.File.$Shape; directory?: null; symlink?: null; removed?: null }|{ kind?: "directory"; file?: null; directory: presync.v1.Directory.$Shape; symlink?: null; removed?: null }|{ kind?: "symlink"; file?: null; directory?: null; symlink: presync.v1.Symlink.$Shape; removed?: null }|{ kind?: "removed"; file?: null; directory?: null; symlink?: null; removed: presync.v1.Removed.$Shape })
            );
        }

        interface IFile extends presync.v1.File.$Properties {
        }

        class File {
            constructor(properties?: presync.v1.File.$Properties);
            $unknowns?: Uint8Array[];
            mode: number;
            mtime?: (presync.v1.Time.$Properties|null);
            size: (number|Long);
            digest: Uint8Array;
            chunks?: (presync.v1.ChunkList.$Properties|null);
            static encode(message: presync.v1.File.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.File & presync.v1.File.$Shape;
        }

        namespace File {
            interface $Properties {
                mode?: (number|null);
                mtime?: (presync.v1.Time.$Properties|null);
                size?: (number|Long|null);
                digest?: (Uint8Array|null);
                chunks?: (presync.v1.ChunkList.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.File.$Properties;
        }

        interface IChunkList extends presync.v1.ChunkList.$Properties {
        }

        class ChunkList {
            constructor(properties?: presync.v1.ChunkList.$Properties);
            $unknowns?: Uint8Array[];
            digest: Uint8Array;
            edit: boolean;
            base: Uint8Array;
            text: Uint8Array;
            pieces: Uint8Array;
            static encode(message: presync.v1.ChunkList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.ChunkList & presync.v1.ChunkList.$Shape;
        }

        namespace ChunkList {
            interface $Properties {
                digest?: (Uint8Array|null);
                edit?: (boolean|null);
                base?: (Uint8Array|null);
                text?: (Uint8Array|null);
                pieces?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.ChunkList.$Properties;
        }

        interface IDirectory extends presync.v1.Directory.$Properties {
        }

        class Directory {
            constructor(properties?: presync.v1.Directory.$Properties);
            $unknowns?: Uint8Array[];
            mode: number;
            mtime?: (presync.v1.Time.$Properties|null);
            from: Uint8Array;
            static encode(message: presync.v1.Directory.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Directory & presync.v1.Directory.$Shape;
        }

        namespace Directory {
            interface $Properties {
                mode?: (number|null);
                mtime?: (presync.v1.Time.$Properties|null);
                from?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Directory.$Properties;
        }

        interface ISymlink extends presync.v1.Symlink.$Properties {
        }

        class Symlink {
            constructor(properties?: presync.v1.Symlink.$Properties);
            $unknowns?: Uint8Array[];
            mtime?: (presync.v1.Time.$Properties|null);
            target: Uint8Array;
            static encode(message: presync.v1.Symlink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Symlink & presync.v1.Symlink.$Shape;
        }

        namespace Symlink {
            interface $Properties {
                mtime?: (presync.v1.Time.$Properties|null);
                target?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Symlink.$Properties;
        }

        interface IRemoved extends presync.v1.Removed.$Properties {
        }

        class Removed {
            constructor(properties?: presync.v1.Removed.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: presync.v1.Removed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Removed & presync.v1.Removed.$Shape;
        }

        namespace Removed {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Removed.$Properties;
        }

        interface ITime extends presync.v1.Time.$Properties {
        }

        class Time {
            constructor(properties?: presync.v1.Time.$Properties);
            $unknowns?: Uint8Array[];
            seconds: (number|Long);
            nanos: number;
            static encode(message: presync.v1.Time.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Time & presync.v1.Time.$Shape;
        }

        namespace Time {
            interface $Properties {
                seconds?: (number|Long|null);
                nanos?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Time.$Properties;
        }

        interface IAhead extends presync.v1.Ahead.$Properties {
        }

        class Ahead {
            constructor(properties?: presync.v1.Ahead.$Properties);
            $unknowns?: Uint8Array[];
            digests: Uint8Array;
            static encode(message: presync.v1.Ahead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Ahead & presync.v1.Ahead.$Shape;
        }

        namespace Ahead {
            interface $Properties {
                digests?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Ahead.$Properties;
        }

        interface INeed extends presync.v1.Need.$Properties {
        }

        class Need {
            constructor(properties?: presync.v1.Need.$Properties);
            $unknowns?: Uint8Array[];
            digests: Uint8Array;
            static encode(message: presync.v1.Need.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Need & presync.v1.Need.$Shape;
        }

        namespace Need {
            interface $Properties {
                digests?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Need.$Properties;
        }

        interface IChunks extends presync.v1.Chunks.$Properties {
        }

        class Chunks {
            constructor(properties?: presync.v1.Chunks.$Properties);
            $unknowns?: Uint8Array[];
            chunks: presync.v1.Chunk.$Properties[];
            static encode(message: presync.v1.Chunks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Chunks & presync.v1.Chunks.$Shape;
        }

        namespace Chunks {
            interface $Properties {
                chunks?: (presync.v1.Chunk.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Chunks.$Properties;
        }

        interface IChunk extends presync.v1.Chunk.$Properties {
        }

        class Chunk {
            constructor(properties?: presync.v1.Chunk.$Properties);
            $unknowns?: Uint8Array[];
            digest: Uint8Array;
            data: Uint8Array;
            static encode(message: presync.v1.Chunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Chunk & presync.v1.Chunk.$Shape;
        }

        namespace Chunk {
            interface $Properties {
                digest?: (Uint8Array|null);
                data?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Chunk.$Properties;
        }

        interface ICommitted extends presync.v1.Committed.$Properties {
        }

        class Committed {
            constructor(properties?: presync.v1.Committed.$Properties);
            $unknowns?: Uint8Array[];
            snapshot: Uint8Array;
            static encode(message: presync.v1.Committed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Committed & presync.v1.Committed.$Shape;
        }

        namespace Committed {
            interface $Properties {
                snapshot?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Committed.$Properties;
        }

        interface IContextState extends presync.v1.ContextState.$Properties {
        }

        class ContextState {
            constructor(properties?: presync.v1.ContextState.$Properties);
            $unknowns?: Uint8Array[];
            context: Uint8Array;
            snapshot: Uint8Array;
            primed: Uint8Array;
            problem?: (presync.v1.Error.$Properties|null);
            owned: boolean;
            static encode(message: presync.v1.ContextState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.ContextState & presync.v1.ContextState.$Shape;
        }

        namespace ContextState {
            interface $Properties {
                context?: (Uint8Array|null);
                snapshot?: (Uint8Array|null);
                primed?: (Uint8Array|null);
                problem?: (presync.v1.Error.$Properties|null);
                owned?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.ContextState.$Properties;
        }

        interface IBuild extends presync.v1.Build.$Properties {
        }

        class Build {
            constructor(properties?: presync.v1.Build.$Properties);
            $unknowns?: Uint8Array[];
            context: Uint8Array;
            snapshot: Uint8Array;
            recipe?: (presync.v1.Recipe.$Properties|null);
            hold: boolean;
            offer?: (presync.v1.Offer.$Properties|null);
            inputs: presync.v1.NamedInput.$Properties[];
            unproven: boolean;
            static encode(message: presync.v1.Build.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Build & presync.v1.Build.$Shape;
        }

        namespace Build {
            interface $Properties {
                context?: (Uint8Array|null);
                snapshot?: (Uint8Array|null);
                recipe?: (presync.v1.Recipe.$Properties|null);
                hold?: (boolean|null);
                offer?: (presync.v1.Offer.$Properties|null);
                inputs?: (presync.v1.NamedInput.$Properties[]|null);
                unproven?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Build.$Properties;
        }

        interface INamedInput extends presync.v1.NamedInput.$Properties {
        }

        class NamedInput {
            constructor(properties?: presync.v1.NamedInput.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            context: Uint8Array;
            snapshot: Uint8Array;
            static encode(message: presync.v1.NamedInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.NamedInput & presync.v1.NamedInput.$Shape;
        }

        namespace NamedInput {
            interface $Properties {
                name?: (string|null);
                context?: (Uint8Array|null);
                snapshot?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.NamedInput.$Properties;
        }

        interface IOffer extends presync.v1.Offer.$Properties {
        }

        class Offer {
            constructor(properties?: presync.v1.Offer.$Properties);
            $unknowns?: Uint8Array[];
            secrets: boolean;
            agents: boolean;
            registries: boolean;
            outputs: boolean;
            archive: boolean;
            static encode(message: presync.v1.Offer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Offer & presync.v1.Offer.$Shape;
        }

        namespace Offer {
            interface $Properties {
                secrets?: (boolean|null);
                agents?: (boolean|null);
                registries?: (boolean|null);
                outputs?: (boolean|null);
                archive?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Offer.$Properties;
        }

        interface IRecipe extends presync.v1.Recipe.$Properties {
        }

        class Recipe {
            constructor(properties?: presync.v1.Recipe.$Properties);
            $unknowns?: Uint8Array[];
            dockerfileName: string;
            dockerfile: Uint8Array;
            tags: string[];
            target: string;
            buildArgs: { [k: string]: string };
            noCache: boolean;
            outputs: presync.v1.Output.$Properties[];
            settings?: (presync.v1.BuildSettings.$Properties|null);
            remote?: (presync.v1.RemoteContext.$Properties|null);
            static encode(message: presync.v1.Recipe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Recipe & presync.v1.Recipe.$Shape;
        }

        namespace Recipe {
            interface $Properties {
                dockerfileName?: (string|null);
                dockerfile?: (Uint8Array|null);
                tags?: (string[]|null);
                target?: (string|null);
                buildArgs?: ({ [k: string]: string }|null);
                noCache?: (boolean|null);
                outputs?: (presync.v1.Output.$Properties[]|null);
                settings?: (presync.v1.BuildSettings.$Properties|null);
                remote?: (presync.v1.RemoteContext.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Recipe.$Properties;
        }

        interface IRemoteContext extends presync.v1.RemoteContext.$Properties {
        }

        class RemoteContext {
            constructor(properties?: presync.v1.RemoteContext.$Properties);
            $unknowns?: Uint8Array[];
            url: string;
            dockerfile: string;
            static encode(message: presync.v1.RemoteContext.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.RemoteContext & presync.v1.RemoteContext.$Shape;
        }

        namespace RemoteContext {
            interface $Properties {
                url?: (string|null);
                dockerfile?: (string|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.RemoteContext.$Properties;
        }

        interface IBuildSettings extends presync.v1.BuildSettings.$Properties {
        }

        class BuildSettings {
            constructor(properties?: presync.v1.BuildSettings.$Properties);
            $unknowns?: Uint8Array[];
            platforms: string[];
            labels: { [k: string]: string };
            pull: boolean;
            noCacheStages: string[];
            network: string;
            hosts: string[];
            ulimits: string[];
            shmBytes: (number|Long);
            cgroupParent: string;
            allow: string[];
            cacheFrom: presync.v1.CachePlace.$Properties[];
            cacheTo: presync.v1.CachePlace.$Properties[];
            attests: { [k: string]: string };
            contexts: { [k: string]: string };
            static encode(message: presync.v1.BuildSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildSettings & presync.v1.BuildSettings.$Shape;
        }

        namespace BuildSettings {
            interface $Properties {
                platforms?: (string[]|null);
                labels?: ({ [k: string]: string }|null);
                pull?: (boolean|null);
                noCacheStages?: (string[]|null);
                network?: (string|null);
                hosts?: (string[]|null);
                ulimits?: (string[]|null);
                shmBytes?: (number|Long|null);
                cgroupParent?: (string|null);
                allow?: (string[]|null);
                cacheFrom?: (presync.v1.CachePlace.$Properties[]|null);
                cacheTo?: (presync.v1.CachePlace.$Properties[]|null);
                attests?: ({ [k: string]: string }|null);
                contexts?: ({ [k: string]: string }|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.BuildSettings.$Properties;
        }

        interface ICachePlace extends presync.v1.CachePlace.$Properties {
        }

        class CachePlace {
            constructor(properties?: presync.v1.CachePlace.$Properties);
            $unknowns?: Uint8Array[];
            type: string;
            attributes: { [k: string]: string };
            static encode(message: presync.v1.CachePlace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.CachePlace & presync.v1.CachePlace.$Shape;
        }

        namespace CachePlace {
            interface $Properties {
                type?: (string|null);
                attributes?: ({ [k: string]: string }|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.CachePlace.$Properties;
        }

        interface IOutput extends presync.v1.Output.$Properties {
        }

        class Output {
            constructor(properties?: presync.v1.Output.$Properties);
            $unknowns?: Uint8Array[];
            type: string;
            attributes: { [k: string]: string };
            receive: boolean;
            static encode(message: presync.v1.Output.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Output & presync.v1.Output.$Shape;
        }

        namespace Output {
            interface $Properties {
                type?: (string|null);
                attributes?: ({ [k: string]: string }|null);
                receive?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Output.$Properties;
        }

        interface IBuildEvents extends presync.v1.BuildEvents.$Properties {
        }

        class BuildEvents {
            constructor(properties?: presync.v1.BuildEvents.$Properties);
            $unknowns?: Uint8Array[];
            events: presync.v1.BuildEvent.$Properties[];
            static encode(message: presync.v1.BuildEvents.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildEvents & presync.v1.BuildEvents.$Shape;
        }

        namespace BuildEvents {
            interface $Properties {
                events?: (presync.v1.BuildEvent.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              events?: presync.v1.BuildEvent.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface IBuildEvent extends presync.v1.BuildEvent.$Properties {
        }

        class BuildEvent {
            constructor(properties?: presync.v1.BuildEvent.$Properties);
            $unknowns?: Uint8Array[];
            vertex?: (presync.v1.Vertex.$Properties|null);
            status?: (presync.v1.VertexStatus.$Properties|null);
            log?: (presync.v1.VertexLog.$Properties|null);
            warning?: (presync.v1.Warning.$Properties|null);
            started?: (presync.v1.Started.$Properties|null);
            waiting?: (presync.v1.Waiting.$Properties|null);
            kind?: ("vertex"|"status"|"log"|"warning"|"started"|"waiting");
            static encode(message: presync.v1.BuildEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildEvent & presync.v1.BuildEvent.$Shape;
        }

        namespace BuildEvent {
            interface $Properties {
                vertex?: (presync.v1.Vertex.$Properties|null);
                status?: (presync.v1.VertexStatus.$Properties|null);
                log?: (presync.v1.VertexLog.$Properties|null);
                warning?: (presync.v1.Warning.$Properties|null);
                started?: (presync.v1.Started.$Properties|null);
                waiting?: (presync.v1.Waiting.$Properties|null);
                kind?: ("vertex"|"status"|"log"|"warning"|"started"|"waiting");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              vertex?: presync.v1.Vertex.$Shape|null;
              status?: presync.v1.VertexStatus.$Shape|null;
              log?: presync.v1.VertexLog.$Shape|null;
              warning?: presync.v1.Warning.$Shape|null;
              started?: presync.v1.Started.$Shape|null;
              waiting?: presync.v1.Waiting.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; vertex?: null; status?: null; log?: null; warning?: null; started?: null; waiting?: null }|{ kind?: "vertex"; vertex: presync.v1.Vertex.$Shape; status?: null; log?: null; warning?: null; started?: null; waiting?: null }|{ kind?: "status"; vertex?: null; status: presync.v1.VertexStatus.$Shape; log?: null; warning?: null; started?: null; waiting?: null }|{ kind?: "log"; vertex?: null; status?: null; log: presync.v1.VertexLog.$Shape; warning?: null; started?: null; waiting?: null }|{ kind?: "warning"; vertex?: null; status?: null; log?: null; warning: presync.v1.Warning.$Shape; started?: null; waiting?: null }|{ kind?: "started"; vertex?: null; status?: null; log?: null; warning?: null; started: presync.v1.Started.$Shape; waiting?: null }|{ kind?: "waiting"; vertex?: null; status?: null; log?: null; warning?: null; started?: null; waiting: presync.v1.Waiting.$Shape })
            );
        }

        interface IVertex extends presync.v1.Vertex.$Properties {
        }

        class Vertex {
            constructor(properties?: presync.v1.Vertex.$Properties);
            $unknowns?: Uint8Array[];
            digest: string;
            name: string;
            cached: boolean;
            started: number;
            completed: number;
            error: string;
            static encode(message: presync.v1.Vertex.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Vertex & presync.v1.Vertex.$Shape;
        }

        namespace Vertex {
            interface $Properties {
                digest?: (string|null);
                name?: (string|null);
                cached?: (boolean|null);
                started?: (number|null);
                completed?: (number|null);
                error?: (string|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Vertex.$Properties;
        }

        interface IVertexStatus extends presync.v1.VertexStatus.$Properties {
        }

        class VertexStatus {
            constructor(properties?: presync.v1.VertexStatus.$Properties);
            $unknowns?: Uint8Array[];
            vertex: string;
            id: string;
            current: number;
            total: number;
            started: number;
            completed: number;
            static encode(message: presync.v1.VertexStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.VertexStatus & presync.v1.VertexStatus.$Shape;
        }

        namespace VertexStatus {
            interface $Properties {
                vertex?: (string|null);
                id?: (string|null);
                current?: (number|null);
                total?: (number|null);
                started?: (number|null);
                completed?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.VertexStatus.$Properties;
        }

        interface IVertexLog extends presync.v1.VertexLog.$Properties {
        }

        class VertexLog {
            constructor(properties?: presync.v1.VertexLog.$Properties);
            $unknowns?: Uint8Array[];
            vertex: string;
            stream: number;
            data: Uint8Array;
            timestamp: number;
            static encode(message: presync.v1.VertexLog.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.VertexLog & presync.v1.VertexLog.$Shape;
        }

        namespace VertexLog {
            interface $Properties {
                vertex?: (string|null);
                stream?: (number|null);
                data?: (Uint8Array|null);
                timestamp?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.VertexLog.$Properties;
        }

        interface IWarning extends presync.v1.Warning.$Properties {
        }

        class Warning {
            constructor(properties?: presync.v1.Warning.$Properties);
            $unknowns?: Uint8Array[];
            vertex: string;
            message: string;
            detail: string;
            url: string;
            line: number;
            static encode(message: presync.v1.Warning.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Warning & presync.v1.Warning.$Shape;
        }

        namespace Warning {
            interface $Properties {
                vertex?: (string|null);
                message?: (string|null);
                detail?: (string|null);
                url?: (string|null);
                line?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Warning.$Properties;
        }

        interface IStarted extends presync.v1.Started.$Properties {
        }

        class Started {
            constructor(properties?: presync.v1.Started.$Properties);
            $unknowns?: Uint8Array[];
            snapshot: Uint8Array;
            static encode(message: presync.v1.Started.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Started & presync.v1.Started.$Shape;
        }

        namespace Started {
            interface $Properties {
                snapshot?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Started.$Properties;
        }

        interface IWaiting extends presync.v1.Waiting.$Properties {
        }

        class Waiting {
            constructor(properties?: presync.v1.Waiting.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: presync.v1.Waiting.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Waiting & presync.v1.Waiting.$Shape;
        }

        namespace Waiting {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Waiting.$Properties;
        }

        interface IBuildDone extends presync.v1.BuildDone.$Properties {
        }

        class BuildDone {
            constructor(properties?: presync.v1.BuildDone.$Properties);
            $unknowns?: Uint8Array[];
            imageId: string;
            snapshot: Uint8Array;
            generation: string;
            solveMs: number;
            diffCopies: number;
            files: number;
            bytes: (number|Long);
            sent?: (presync.v1.Sent.$Properties|null);
            imageBytes: (number|Long);
            metadata: { [k: string]: string };
            static encode(message: presync.v1.BuildDone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildDone & presync.v1.BuildDone.$Shape;
        }

        namespace BuildDone {
            interface $Properties {
                imageId?: (string|null);
                snapshot?: (Uint8Array|null);
                generation?: (string|null);
                solveMs?: (number|null);
                diffCopies?: (number|null);
                files?: (number|null);
                bytes?: (number|Long|null);
                sent?: (presync.v1.Sent.$Properties|null);
                imageBytes?: (number|Long|null);
                metadata?: ({ [k: string]: string }|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.BuildDone.$Properties;
        }

        interface ICancel extends presync.v1.Cancel.$Properties {
        }

        class Cancel {
            constructor(properties?: presync.v1.Cancel.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: presync.v1.Cancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Cancel & presync.v1.Cancel.$Shape;
        }

        namespace Cancel {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Cancel.$Properties;
        }

        interface IRelease extends presync.v1.Release.$Properties {
        }

        class Release {
            constructor(properties?: presync.v1.Release.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: presync.v1.Release.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Release & presync.v1.Release.$Shape;
        }

        namespace Release {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Release.$Properties;
        }

        interface IBarrier extends presync.v1.Barrier.$Properties {
        }

        class Barrier {
            constructor(properties?: presync.v1.Barrier.$Properties);
            $unknowns?: Uint8Array[];
            context: Uint8Array;
            prove: boolean;
            static encode(message: presync.v1.Barrier.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Barrier & presync.v1.Barrier.$Shape;
        }

        namespace Barrier {
            interface $Properties {
                context?: (Uint8Array|null);
                prove?: (boolean|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Barrier.$Properties;
        }

        interface IBarrierReached extends presync.v1.BarrierReached.$Properties {
        }

        class BarrierReached {
            constructor(properties?: presync.v1.BarrierReached.$Properties);
            $unknowns?: Uint8Array[];
            snapshot: Uint8Array;
            sent?: (presync.v1.Sent.$Properties|null);
            static encode(message: presync.v1.BarrierReached.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BarrierReached & presync.v1.BarrierReached.$Shape;
        }

        namespace BarrierReached {
            interface $Properties {
                snapshot?: (Uint8Array|null);
                sent?: (presync.v1.Sent.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.BarrierReached.$Properties;
        }

        interface IProof extends presync.v1.Proof.$Properties {
        }

        class Proof {
            constructor(properties?: presync.v1.Proof.$Properties);
            $unknowns?: Uint8Array[];
            verdict: presync.v1.Verdict;
            paths: Uint8Array[];
            count: number;
            ms: number;
            static encode(message: presync.v1.Proof.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Proof & presync.v1.Proof.$Shape;
        }

        namespace Proof {
            interface $Properties {
                verdict?: (presync.v1.Verdict|null);
                paths?: (Uint8Array[]|null);
                count?: (number|null);
                ms?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Proof.$Properties;
        }

        enum Verdict {
            VERDICT_EQUAL = 0,
            VERDICT_MISSED = 1,
            VERDICT_MOVED = 2
        }

        interface ISent extends presync.v1.Sent.$Properties {
        }

        class Sent {
            constructor(properties?: presync.v1.Sent.$Properties);
            $unknowns?: Uint8Array[];
            files: number;
            bytes: (number|Long);
            static encode(message: presync.v1.Sent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Sent & presync.v1.Sent.$Shape;
        }

        namespace Sent {
            interface $Properties {
                files?: (number|null);
                bytes?: (number|Long|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Sent.$Properties;
        }

        interface IAsk extends presync.v1.Ask.$Properties {
        }

        class Ask {
            constructor(properties?: presync.v1.Ask.$Properties);
            $unknowns?: Uint8Array[];
            call: number;
            secret?: (string|null);
            registry?: (string|null);
            agent?: (string|null);
            connect?: (presync.v1.ConnectAgent.$Properties|null);
            output?: (presync.v1.SendOutput.$Properties|null);
            archive?: (presync.v1.SendArchive.$Properties|null);
            what?: ("secret"|"registry"|"agent"|"connect"|"output"|"archive");
            static encode(message: presync.v1.Ask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Ask & presync.v1.Ask.$Shape;
        }

        namespace Ask {
            interface $Properties {
                call?: (number|null);
                secret?: (string|null);
                registry?: (string|null);
                agent?: (string|null);
                connect?: (presync.v1.ConnectAgent.$Properties|null);
                output?: (presync.v1.SendOutput.$Properties|null);
                archive?: (presync.v1.SendArchive.$Properties|null);
                what?: ("secret"|"registry"|"agent"|"connect"|"output"|"archive");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              call?: number|null;
              secret?: string|null;
              registry?: string|null;
              agent?: string|null;
              connect?: presync.v1.ConnectAgent.$Shape|null;
              output?: presync.v1.SendOutput.$Shape|null;
              archive?: presync.v1.SendArchive.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; secret?: null; registry?: null; agent?: null; connect?: null; output?: null; archive?: null }|{ what?: "secret"; secret: string; registry?: null; agent?: null; connect?: null; output?: null; archive?: null }|{ what?: "registry"; secret?: null; registry: string; agent?: null; connect?: null; output?: null; archive?: null }|{ what?: "agent"; secret?: null; registry?: null; agent: string; connect?: null; output?: null; archive?: null }|{ what?: "connect"; secret?: null; registry?: null; agent?: null; connect: presync.v1.ConnectAgent.$Shape; output?: null; archive?: null }|{ what?: "output"; secret?: null; registry?: null; agent?: null; connect?: null; output: presync.v1.SendOutput.$Shape; archive?: null }|{ what?: "archive"; secret?: null; registry?: null; agent?: null; connect?: null; output?: null; archive: presync.v1.SendArchive.$Shape })
            );
        }

        interface ISendArchive extends presync.v1.SendArchive.$Properties {
        }

        class SendArchive {
            constructor(properties?: presync.v1.SendArchive.$Properties);
            $unknowns?: Uint8Array[];
            stream: number;
            static encode(message: presync.v1.SendArchive.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.SendArchive & presync.v1.SendArchive.$Shape;
        }

        namespace SendArchive {
            interface $Properties {
                stream?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.SendArchive.$Properties;
        }

        interface ISendOutput extends presync.v1.SendOutput.$Properties {
        }

        class SendOutput {
            constructor(properties?: presync.v1.SendOutput.$Properties);
            $unknowns?: Uint8Array[];
            index: number;
            stream: number;
            static encode(message: presync.v1.SendOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.SendOutput & presync.v1.SendOutput.$Shape;
        }

        namespace SendOutput {
            interface $Properties {
                index?: (number|null);
                stream?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.SendOutput.$Properties;
        }

        interface IConnectAgent extends presync.v1.ConnectAgent.$Properties {
        }

        class ConnectAgent {
            constructor(properties?: presync.v1.ConnectAgent.$Properties);
            $unknowns?: Uint8Array[];
            agent: string;
            stream: number;
            static encode(message: presync.v1.ConnectAgent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.ConnectAgent & presync.v1.ConnectAgent.$Shape;
        }

        namespace ConnectAgent {
            interface $Properties {
                agent?: (string|null);
                stream?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.ConnectAgent.$Properties;
        }

        interface IAnswer extends presync.v1.Answer.$Properties {
        }

        class Answer {
            constructor(properties?: presync.v1.Answer.$Properties);
            $unknowns?: Uint8Array[];
            call: number;
            data?: (Uint8Array|null);
            account?: (presync.v1.Account.$Properties|null);
            done?: (presync.v1.Done.$Properties|null);
            absent?: (presync.v1.Absent.$Properties|null);
            error?: (presync.v1.Error.$Properties|null);
            what?: ("data"|"account"|"done"|"absent"|"error");
            static encode(message: presync.v1.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Answer & presync.v1.Answer.$Shape;
        }

        namespace Answer {
            interface $Properties {
                call?: (number|null);
                data?: (Uint8Array|null);
                account?: (presync.v1.Account.$Properties|null);
                done?: (presync.v1.Done.$Properties|null);
                absent?: (presync.v1.Absent.$Properties|null);
                error?: (presync.v1.Error.$Properties|null);
                what?: ("data"|"account"|"done"|"absent"|"error");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              call?: number|null;
              data?: Uint8Array|null;
              account?: presync.v1.Account.$Shape|null;
              done?: presync.v1.Done.$Shape|null;
              absent?: presync.v1.Absent.$Shape|null;
              error?: presync.v1.Error.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; data?: null; account?: null; done?: null; absent?: null; error?: null }|{ what?: "data"; data: Uint8Array; account?: null; done?: null; absent?: null; error?: null }|{ what?: "account"; data?: null; account: presync.v1.Account.$Shape; done?: null; absent?: null; error?: null }|{ what?: "done"; data?: null; account?: null; done: presync.v1.Done.$Shape; absent?: null; error?: null }|{ what?: "absent"; data?: null; account?: null; done?: null; absent: presync.v1.Absent.$Shape; error?: null }|{ what?: "error"; data?: null; account?: null; done?: null; absent?: null; error: presync.v1.Error.$Shape })
            );
        }

        interface IAccount extends presync.v1.Account.$Properties {
        }

        class Account {
            constructor(properties?: presync.v1.Account.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            secret: string;
            static encode(message: presync.v1.Account.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Account & presync.v1.Account.$Shape;
        }

        namespace Account {
            interface $Properties {
                name?: (string|null);
                secret?: (string|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Account.$Properties;
        }

        interface IDone extends presync.v1.Done.$Properties {
        }

        class Done {
            constructor(properties?: presync.v1.Done.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: presync.v1.Done.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Done & presync.v1.Done.$Shape;
        }

        namespace Done {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Done.$Properties;
        }

        interface IAbsent extends presync.v1.Absent.$Properties {
        }

        class Absent {
            constructor(properties?: presync.v1.Absent.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: presync.v1.Absent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Absent & presync.v1.Absent.$Shape;
        }

        namespace Absent {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Absent.$Properties;
        }

        interface IStreamData extends presync.v1.StreamData.$Properties {
        }

        class StreamData {
            constructor(properties?: presync.v1.StreamData.$Properties);
            $unknowns?: Uint8Array[];
            stream: number;
            data: Uint8Array;
            static encode(message: presync.v1.StreamData.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.StreamData & presync.v1.StreamData.$Shape;
        }

        namespace StreamData {
            interface $Properties {
                stream?: (number|null);
                data?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.StreamData.$Properties;
        }

        interface IStreamEnd extends presync.v1.StreamEnd.$Properties {
        }

        class StreamEnd {
            constructor(properties?: presync.v1.StreamEnd.$Properties);
            $unknowns?: Uint8Array[];
            stream: number;
            error?: (presync.v1.Error.$Properties|null);
            static encode(message: presync.v1.StreamEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.StreamEnd & presync.v1.StreamEnd.$Shape;
        }

        namespace StreamEnd {
            interface $Properties {
                stream?: (number|null);
                error?: (presync.v1.Error.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.StreamEnd.$Properties;
        }

        interface IStreamCredit extends presync.v1.StreamCredit.$Properties {
        }

        class StreamCredit {
            constructor(properties?: presync.v1.StreamCredit.$Properties);
            $unknowns?: Uint8Array[];
            stream: number;
            bytes: number;
            static encode(message: presync.v1.StreamCredit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.StreamCredit & presync.v1.StreamCredit.$Shape;
        }

        namespace StreamCredit {
            interface $Properties {
                stream?: (number|null);
                bytes?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.StreamCredit.$Properties;
        }

        interface IError extends presync.v1.Error.$Properties {
        }

        class Error {
            constructor(properties?: presync.v1.Error.$Properties);
            $unknowns?: Uint8Array[];
            code: string;
            message: string;
            hint: string;
            data: { [k: string]: string };
            static encode(message: presync.v1.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Error & presync.v1.Error.$Shape;
        }

        namespace Error {
            interface $Properties {
                code?: (string|null);
                message?: (string|null);
                hint?: (string|null);
                data?: ({ [k: string]: string }|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = presync.v1.Error.$Properties;
        }
    }
}
