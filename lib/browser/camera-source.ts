import { captureElement, startFrameLoop } from '@/lib/browser/frame-loop';
import type { CapturedFrame, FrameSource } from '@/lib/browser/frame-source';
import { Fault } from '@/lib/core/fault';

export type CameraDevice = { readonly deviceId: string; readonly label: string };

/** A device the person picked, or the camera that looks at them (`user`) or away from them (`environment`). */
export type CameraChoice =
  | { readonly kind: 'device'; readonly deviceId: string }
  | { readonly kind: 'facing'; readonly facing: 'user' | 'environment' };

export type CameraSource = FrameSource & {
  /** What the browser calls the camera, and which one it is. */
  readonly device: CameraDevice;
};

/** Enough for any network input here; larger frames would only be scaled down again. */
const preferredWidth = 1280;
const preferredHeight = 720;

/** The cameras of this machine. Browsers tell their names only after permission was given once. */
export async function listCameras(): Promise<CameraDevice[]> {
  const devices = await mediaDevices().enumerateDevices();
  return devices
    .filter((device) => device.kind === 'videoinput')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Camera ${index + 1}` }));
}

/** Asks for permission and opens a camera. Throws `camera-unavailable` with the reason and what to do about it. */
export async function openCamera(choice: CameraChoice): Promise<CameraSource> {
  const stream = await openStream(choice);
  const [track] = stream.getVideoTracks();
  if (!track) throw cameraFault('The camera gives no picture.', 'Choose another camera.');
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  let stopLoop: (() => void) | null = null;
  let captured = 0;

  function pause(): void {
    stopLoop?.();
    stopLoop = null;
  }

  function dispose(): void {
    pause();
    for (const each of stream.getTracks()) each.stop();
    video.srcObject = null;
  }

  try {
    await video.play();
  } catch (cause) {
    dispose();
    throw cameraFault('The camera opened, but its picture could not be played.', 'Choose another camera.', cause);
  }
  const settings = track.getSettings();

  async function captureFrame(): Promise<CapturedFrame> {
    const { bitmap, mediaTime } = await captureElement(video);
    return { bitmap, mediaTime, frameNumber: captured++ };
  }

  return {
    device: { deviceId: settings.deviceId ?? '', label: track.label },
    get size() {
      return { width: video.videoWidth, height: video.videoHeight };
    },
    get playing() {
      return stopLoop !== null;
    },
    captureFrame,

    async play(handlers) {
      pause();
      track.onended = () => {
        dispose();
        handlers.onEnded();
      };
      stopLoop = startFrameLoop(video, captureFrame, () => settings.frameRate ?? null, {
        onFrame: handlers.onFrame,
        onError(error) {
          pause();
          handlers.onError(error);
        },
      });
    },

    pause,
    dispose,
  };
}

async function openStream(choice: CameraChoice): Promise<MediaStream> {
  const which: MediaTrackConstraints =
    choice.kind === 'device' ? { deviceId: { exact: choice.deviceId } } : { facingMode: choice.facing };
  try {
    return await mediaDevices().getUserMedia({
      audio: false,
      video: { ...which, width: { ideal: preferredWidth }, height: { ideal: preferredHeight } },
    });
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw refusal(cause);
  }
}

/** Browsers hide the cameras from pages that did not come over a secure connection. */
function mediaDevices(): MediaDevices {
  if (navigator.mediaDevices) return navigator.mediaDevices;
  throw cameraFault(
    'The browser gives cameras only to pages that come over HTTPS or from this machine.',
    'Open the page by https:// or on localhost.',
  );
}

function refusal(cause: unknown): Fault {
  const name = cause instanceof DOMException ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return cameraFault(
        'The browser was not allowed to use the camera.',
        'Allow it in the address bar and in the system settings, then try again.',
        cause,
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return cameraFault('No such camera was found.', 'Plug one in, or choose another, then try again.', cause);
    case 'NotReadableError':
    case 'AbortError':
      return cameraFault(
        'The camera could not be started; another program may be using it.',
        'Close the other program, then try again.',
        cause,
      );
    default:
      return cameraFault(
        `The camera could not be opened: ${cause instanceof Error ? cause.message : String(cause)}.`,
        'Try again, or choose another camera.',
        cause,
      );
  }
}

function cameraFault(found: string, remedy: string, cause?: unknown): Fault {
  return new Fault({ code: 'camera-unavailable', found, remedy }, { cause });
}
